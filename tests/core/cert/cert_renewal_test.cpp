#include "core/cert/cert_lifecycle.hpp"

#include <catch2/catch.hpp>

#include "tests/core/values.hpp"

using namespace xmppfed::core;
using Texts = std::vector<std::string>;

namespace {

CertRequest before(std::vector<CertName> names) {
    CertRequest request;
    request.number = 7;
    request.names = std::move(names);
    return request;
}

RequestPlan after(std::vector<CertName> names) {
    RequestPlan plan;
    plan.names = std::move(names);
    return plan;
}

/// That many names: n0, n1, and so on.
std::vector<CertName> several(int count) {
    std::vector<CertName> names;
    for (int i = 0; i < count; ++i) {
        names.push_back(dns("n" + std::to_string(i)));
    }
    return names;
}

}  // namespace

TEST_CASE("a renewal that changes nothing says so") {
    const std::vector<CertName> names{dns("a"), dns("b")};
    const Texts unchanged{"the subject and the names are those of certificate request 7"};
    CHECK(differences(before(names), after(names)) == unchanged);
    CHECK(differences(before(names), after({dns("b"), dns("a")})) == unchanged);  // their order is no matter
    CHECK(differences(before(names), after({dns("a"), {NameType::dns, "b", NameSource::sip_domain}})) == unchanged);
}

TEST_CASE("names that come with a renewal, and those that go") {
    CHECK(differences(before({dns("a")}), after({dns("a"), dns("c"), dns("b\x1b")})) ==
          Texts{"names that are new since certificate request 7: c, b\\x1b"});
    CHECK(differences(before({dns("a"), dns("b")}), after({dns("b")})) ==
          Texts{"names that are gone since certificate request 7: a"});
    CHECK(differences(before({dns("a")}), after({{NameType::xmpp_addr, "a", NameSource::xmpp_domain}})) ==
          Texts{"names that are new since certificate request 7: a",
                "names that are gone since certificate request 7: a"});
}

TEST_CASE("ten names of a renewal are listed, and the others counted") {
    CHECK(differences(before({}), after(several(10))) ==
          Texts{"names that are new since certificate request 7: n0, n1, n2, n3, n4, n5, n6, n7, n8, n9"});
    CHECK(differences(before(several(12)), after({})) ==
          Texts{"names that are gone since certificate request 7: n0, n1, n2, n3, n4, n5, n6, n7, n8, n9 and 2 more"});
}

TEST_CASE("attributes that a renewal changes are named with both values") {
    auto request = before({});
    request.subject = {"US", "", "", "Contoso", "IT", "a.example"};
    auto plan = after({});
    plan.subject = {"US", "", "Paris\n", "Fabrikam", "", "a.example"};
    CHECK(differences(request, plan) ==
          Texts{"attributes that changed since certificate request 7: L is 'Paris\\n' and was '', "
                "O is 'Fabrikam' and was 'Contoso', OU is '' and was 'IT'"});
}
