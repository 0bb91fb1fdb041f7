#include "core/text/domain/idna.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

#include <fmt/format.h>
#include <idn2.h>

#include "core/text/domain/bidi_rule.hpp"
#include "core/text/domain/contextual_rules.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

struct FreeIdn2 {
    void operator()(void* memory) const { idn2_free(memory); }
};

/// UTS 46 maps a capital sharp s to the small one since Unicode 15.1; libidn2, which knows 14, to "ss", which is
/// another name.
std::string with_small_sharp_s(std::string_view label) {
    constexpr std::string_view capital = "\u1e9e";
    std::string result{label};
    for (auto at = result.find(capital); at != std::string::npos; at = result.find(capital, at)) {
        result.replace(at, capital.size(), "\u00df");
    }
    return result;
}

/// What libidn2 makes of a label.
struct LookUp {
    int status;
    std::string name;  ///< when the status is IDN2_OK
};

LookUp look_up(std::string_view label) {
    std::uint8_t* output = nullptr;
    const auto input = with_small_sharp_s(label);
    const int flags = IDN2_NONTRANSITIONAL | IDN2_ALABEL_ROUNDTRIP | IDN2_NFC_INPUT;
    const int status = idn2_lookup_u8(reinterpret_cast<const std::uint8_t*>(input.c_str()), &output, flags);
    const std::unique_ptr<std::uint8_t, FreeIdn2> owner{output};
    return {status, status == IDN2_OK ? reinterpret_cast<const char*>(output) : ""};
}

/// Symbols that UTS 46 lets through unless it is told to use STD3's rules, and that IDNA2008 disallows (RFC 5892): not
/// equal, not less, not greater.
bool holds_disallowed(std::string_view label) {
    constexpr std::array signs{"\u2260", "\u226e", "\u226f"};
    return std::ranges::any_of(signs, [&](const char* sign) { return label.find(sign) != std::string_view::npos; });
}

/// What is wrong with a U-label that libidn2 takes.
std::string label_problem(std::string_view label) {
    return holds_disallowed(label) ? "a mathematical sign" : contextual_problem(label);
}

/// Why libidn2 refused a label: in our words where its own leave open what to mend.
std::string reason_of(int status, std::string_view label) {
    std::string reason;
    if (status == IDN2_BIDI) {
        reason = bidi_problem(label);
    } else if (status == IDN2_CONTEXTJ) {
        reason = fmt::format("{}, is not allowed there", misplaced_joiner(label));
    }
    return reason.empty() ? idn2_strerror(status) : reason;
}

}  // namespace

std::string idna_refusal(std::string_view label, std::string_view reason) {
    return fmt::format("has a label that IDNA2008 does not allow: {} ({})", quote(label), reason);
}

DomainName idna_label(std::string_view label) {
    const auto [status, name] = look_up(label);
    if (status == IDN2_TOO_BIG_LABEL || status == IDN2_PUNYCODE_BIG_OUTPUT) {
        return {{}, fmt::format("has a label of more than {} octets: {}", longest_label, quote(label))};
    }
    if (status != IDN2_OK) {
        return {{}, idna_refusal(label, reason_of(status, unicode_domain(label)))};
    }
    const auto decoded = unicode_domain(name);
    if (const auto problem = label_problem(decoded); !problem.empty()) {
        return {{}, idna_refusal(label, problem)};
    }
    // Of an A-label libidn2 looks at the Punycode alone: what is in it may be what no U-label has, for UTS 46 maps it.
    if (look_up(decoded).name != name) {
        return {{}, idna_refusal(label, "what it stands for is written otherwise")};
    }
    return {name, {}};
}

std::string unicode_domain(std::string_view domain) {
    std::string text{domain};
    if (text.find(a_label_prefix) == std::string::npos) {
        return text;
    }
    char* output = nullptr;
    const int status = idn2_to_unicode_8z8z(text.c_str(), &output, 0);
    const std::unique_ptr<char, FreeIdn2> owner{output};
    return status == IDN2_OK ? std::string{output} : text;
}

}  // namespace xmppfed::core
