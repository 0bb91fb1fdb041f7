#include "store/rows/text_list.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/partners.hpp"

using namespace xmppfed;

TEST_CASE("a list of texts comes back as it was") {
    using Texts = std::vector<std::string>;
    using namespace std::string_literals;
    for (const auto& texts : {Texts{}, Texts{""}, Texts{"a.example", "b.example"}, Texts{"\"", "\\", "a,b", "\n\0x"s},
                              Texts{"\U0001F600", "[", "]"}}) {
        CHECK(store::texts_in(store::json_list(texts)) == texts);
    }
}

TEST_CASE("the claims of partners are lists by their names") {
    CHECK(store::json_claims({}) == "{}");
    const std::vector<core::CommittedPartner> partners{test::partner("a.example", {"x.example", "y.example"}),
                                                       test::partner("b\"c")};
    CHECK(core::Json::parse(store::json_claims(partners)) ==
          core::Json{{"a.example", {"a.example", "x.example", "y.example"}}, {"b\"c", core::Json::array({"b\"c"})}});
}
