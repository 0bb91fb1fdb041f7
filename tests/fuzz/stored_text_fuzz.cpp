// What the store keeps as JSON: a damaged file may hold anything. The first character says which, from 0 to 4.

#include <nlohmann/json.hpp>

#include "core/cert/cert_request.hpp"
#include "core/partner/partner_fields.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace xmppfed;
using fuzz::require;

namespace {

/// What is read from a text, when it can be read, is what is read from its own text.
void check(const std::string& text, auto read, auto write) {
    if (const auto value = fuzz::unless_refused([&] { return read(text); })) {
        const auto again = fuzz::unless_refused([&] { return read(write(*value).dump()); });
        require(again == value, "what was read can be written and read again");
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::string text{fuzz::text_of(data + 1, size - 1)};
    const auto json = [](const auto& value) { return core::to_json(value); };
    switch ((data[0] - unsigned{'0'}) % 5U) {
    case 0:
        check(text, core::partner_from_text, [](const core::Partner& partner) {
            core::CommittedPartner committed;
            static_cast<core::Partner&>(committed) = partner;
            return core::to_json(committed);
        });
        break;
    case 1:
        check(text, core::names_from_text, json);
        break;
    case 2:
        check(text, core::subject_from_text, json);
        break;
    case 3:
        check(text, core::basis_from_text, json);
        break;
    default:
        check(text, core::certificate_from_text, json);
    }
    return 0;
}
