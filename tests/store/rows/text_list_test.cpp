#include "store/rows/text_list.hpp"

#include <catch2/catch.hpp>

using namespace xmppfed;

TEST_CASE("a list of texts comes back as it was") {
    using Texts = std::vector<std::string>;
    using namespace std::string_literals;
    for (const auto& texts : {Texts{}, Texts{""}, Texts{"a.example", "b.example"}, Texts{"\"", "\\", "a,b", "\n\0x"s},
                              Texts{"\U0001F600", "[", "]"}}) {
        CHECK(store::texts_in(store::json_list(texts)) == texts);
    }
}
