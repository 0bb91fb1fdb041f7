// Whatever is typed for a subject or a name stays one value of one attribute or name.

#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

#include <array>

#include "core/pki/csr.hpp"
#include "tests/pki/keys.hpp"
#include "tests/pki/parsed_request.hpp"

using namespace xmppfed::pki;
using namespace std::string_literals;
using xmppfed::core::CertName;
using xmppfed::core::CertSubject;
using xmppfed::core::Error;
using xmppfed::core::ErrorKind;
using xmppfed::core::NameSource;
using xmppfed::core::NameType;

namespace {

constexpr std::array text_fields{&CertSubject::state, &CertSubject::locality, &CertSubject::organization,
                                 &CertSubject::organizational_unit, &CertSubject::common_name};
constexpr std::array nids{NID_stateOrProvinceName, NID_localityName, NID_organizationName, NID_organizationalUnitName,
                          NID_commonName};

const std::vector<CertName> one_name{{NameType::dns, "contoso.com", NameSource::xmpp_domain}};

/// What the subject must be read back as.
std::vector<ParsedAttribute> expected(const CertSubject& subject) {
    std::vector<ParsedAttribute> result;
    for (std::size_t i = 0; i < nids.size(); ++i) {
        if (const auto& value = subject.*text_fields[i]; !value.empty()) {
            result.push_back({nids[i], V_ASN1_UTF8STRING, value, static_cast<int>(result.size())});
        }
    }
    return result;
}

/// Texts of at most 60 characters from pieces that mean something in some way of writing a name.
rc::Gen<std::string> hostile_text(std::vector<std::string> pieces) {
    return rc::gen::exec([pieces = std::move(pieces)] {
        std::string text;
        const auto count = *rc::gen::inRange(0, 12);
        for (int i = 0; i < count; ++i) {
            text += *rc::gen::elementOf(pieces);
        }
        return text;
    });
}

const std::vector<std::string> ascii_pieces{"/",  "/O=",   ",",  "+CN=", "+",    "=",  "#", "#0403", "\"", "'",    "\\",
                                            ";",  "<",     ">",  "\n",   "\r\n", " ",  "a", "CN=",   "*",  "DNS:", "@",
                                            "${", "\x1b[", "%n", "[",    ".",    "\t", "-", "_",     "~"};

std::vector<std::string> all_pieces() {
    auto pieces = ascii_pieces;
    for (const auto& piece : {"ü"s, "例"s, "😀"s, "\u202e"s, "\u2028"s, "\0"s}) {
        pieces.push_back(piece);
    }
    return pieces;
}

rc::Gen<CertSubject> subjects(const rc::Gen<std::string>& text) {
    return rc::gen::build<CertSubject>(
        rc::gen::set(&CertSubject::state, text), rc::gen::set(&CertSubject::locality, text),
        rc::gen::set(&CertSubject::organization, text), rc::gen::set(&CertSubject::organizational_unit, text),
        rc::gen::set(&CertSubject::common_name, text));
}

}  // namespace

TEST_CASE("hostile subject values are one attribute each") {
    for (const auto& value :
         {"a/O=evil"s, "a+CN=b"s, "#0403"s, "a, O=b"s, "\"a\""s, "a\nb"s, " a "s, "\\2C"s, "a\0b"s}) {
        CertSubject subject;
        for (const auto field : text_fields) {
            subject.*field = value;
        }
        const ParsedRequest parsed{make_csr({.subject = subject, .names = one_name}, any_key())};
        CHECK(parsed.subject() == expected(subject));
    }
}

TEST_CASE("a subject beyond the limits of its attributes is a failure") {
    const std::vector<std::pair<std::string CertSubject::*, std::string>> values{
        {&CertSubject::country, "USA"},
        {&CertSubject::country, "U"},
        {&CertSubject::country, "ü"},
        {&CertSubject::organization, std::string(65, 'o')},
        {&CertSubject::common_name, std::string(65, 'c')},
        {&CertSubject::locality, std::string(129, 'l')},
        {&CertSubject::state, "\xff"},
    };
    for (const auto& [field, value] : values) {
        CertSubject subject;
        subject.*field = value;
        try {
            (void)make_csr({.subject = subject, .names = one_name}, any_key());
            FAIL("nothing was thrown");
        } catch (const Error& error) {
            CHECK(error.kind == ErrorKind::failed);
            CHECK_FALSE(error.cause.empty());
        }
    }
}

TEST_CASE("no subject adds an attribute") {
    rc::prop("what goes in comes out", [] {
        const auto subject = *subjects(hostile_text(all_pieces()));
        const ParsedRequest parsed{make_csr({.subject = subject, .names = one_name}, any_key())};
        RC_ASSERT(parsed.subject() == expected(subject));
        RC_ASSERT(parsed.names().size() == 1U);
        RC_ASSERT(parsed.extensions().size() == 3U);
    });
    rc::prop("bytes are refused or come out as they are", [] {
        const auto subject = *subjects(rc::gen::arbitrary<std::string>());
        try {
            const ParsedRequest parsed{make_csr({.subject = subject, .names = one_name}, any_key())};
            RC_ASSERT(parsed.subject() == expected(subject));
        } catch (const Error& error) {
            RC_ASSERT(error.kind == ErrorKind::failed);
        }
    });
}

TEST_CASE("no name adds a name") {
    rc::prop("what goes in comes out", [] {
        std::vector<CertName> names;
        std::vector<ParsedName> wanted;
        const auto count = *rc::gen::inRange(1, 10);
        for (int i = 0; i < count; ++i) {
            switch (*rc::gen::inRange(0, 3)) {
            case 0:
                names.push_back({NameType::dns, *hostile_text(ascii_pieces) + "a", NameSource::additional});
                wanted.push_back({"dNSName", V_ASN1_IA5STRING, names.back().value});
                break;
            case 1:
                names.push_back({NameType::srv, *hostile_text(ascii_pieces) + "b", NameSource::xmpp_domain});
                wanted.push_back({"1.3.6.1.5.5.7.8.7", V_ASN1_IA5STRING, names.back().value});
                break;
            default:
                names.push_back({NameType::xmpp_addr, *hostile_text(ascii_pieces) + "ü", NameSource::xmpp_domain});
                wanted.push_back({"1.3.6.1.5.5.7.8.5", V_ASN1_UTF8STRING, names.back().value});
            }
        }
        const ParsedRequest parsed{make_csr({.subject = {}, .names = names}, any_key())};
        RC_ASSERT(parsed.names() == wanted);
        RC_ASSERT(parsed.subject().empty());
    });
}
