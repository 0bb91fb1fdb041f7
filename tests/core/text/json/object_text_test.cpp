#include "core/text/json/object_text.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace xmppfed::core;

namespace {

struct Layout {
    JsonLayout layout;
    int depth;
};

std::string object_text(const Layout& layout, const auto& append) {
    std::string text;
    ObjectText object{text, layout.layout, layout.depth};
    append(object);
    object.end();
    return text;
}

}  // namespace

TEST_CASE("an object's text is that of the document, in every layout", "[json]") {
    const std::vector<std::string> names{"a.example", "quote \" and \u202e"};
    const std::vector<std::string_view> methods{"tcp-dialback"};
    const auto document = Json::object({{"text", "line\nbreak"},
                                        {"number", -17},
                                        {"largest", INT64_MAX},
                                        {"yes", true},
                                        {"no", false},
                                        {"none", nullptr},
                                        {"names", names},
                                        {"methods", methods},
                                        {"empty", Json::array()},
                                        {"a key", ""}});
    const auto layout = GENERATE(Layout{JsonLayout::compact, 0}, Layout{JsonLayout::compact, 2},
                                 Layout{JsonLayout::indented, 0}, Layout{JsonLayout::indented, 3});
    CHECK(object_text(layout, [&](ObjectText& object) {
              object.member("text", "line\nbreak");
              object.member("number", std::int64_t{-17});
              object.member("largest", INT64_MAX);
              object.member("yes", true);
              object.member("no", false);
              object.null("none");
              object.member("names", names);
              object.member("methods", methods);
              object.member("empty", std::vector<std::string>{});
              object.member("a key", "");
          }) == to_text(document, layout.layout, layout.depth));
}

TEST_CASE("an object without members has no line of its own", "[json]") {
    const auto layout = GENERATE(Layout{JsonLayout::compact, 0}, Layout{JsonLayout::indented, 1});
    CHECK(object_text(layout, [](ObjectText&) {}) == "{}");
}
