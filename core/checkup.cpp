#include "core/checkup.hpp"

#include <array>

#include <nlohmann/json.hpp>

namespace xmppfed::core {

namespace {

constexpr std::array areas{
    EnumValue{"store", "the store"},
    EnumValue{"edge", "our own side"},
    EnumValue{"certificate", "what is in use"},
    EnumValue{"dns", "our own records"},
    EnumValue{"rendering", "what servers enforce"},
    EnumValue{"partners", "what cannot work as it is configured"},
};

constexpr std::array healths{
    EnumValue{"ok", "nothing was found"},
    EnumValue{"warning", {}},
    EnumValue{"error", {}},
    EnumValue{"skipped", "nobody looked"},
};

}  // namespace

template <>
std::span<const EnumValue> values_of<Area>() {
    return areas;
}

template <>
std::span<const EnumValue> values_of<Health>() {
    return healths;
}

Health health_of(const Examination& examination) {
    if (count(examination.diagnostics, Severity::error) > 0) {
        return Health::broken;
    }
    if (count(examination.diagnostics, Severity::warning) > 0) {
        return Health::ailing;
    }
    return examination.was_skipped ? Health::skipped : Health::good;
}

Json to_json(const Examination& examination) {
    return Json::object({{"area", name_of(examination.area)},
                         {"subject", or_null(examination.subject)},
                         {"state", name_of(health_of(examination))},
                         {"summary", or_null(examination.summary)},
                         {"note", or_null(examination.note)},
                         {"diagnostics", to_json(examination.diagnostics)}});
}

}  // namespace xmppfed::core
