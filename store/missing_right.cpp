#include "store/missing_right.hpp"

#include <fmt/format.h>

#include "core/text/text.hpp"

namespace xmppfed::store {

namespace {

std::string what_is_missing(Right right) {
    switch (right) {
    case Right::owner:
        return "is not the owner of";
    case Right::operator_:  // without it nothing is changed, whatever else that would take
        return "has neither the right operator nor the right admin in";
    case Right::viewer:
    case Right::admin:
        break;
    }
    return fmt::format("has not the right {} in", core::name_of(right));
}

std::string way_out(std::string_view role, Right right) {
    const auto grant = fmt::format("`xmppfed store init --grant {}={}`", role.empty() ? "ROLE" : core::escape(role),
                                   core::name_of(right));
    switch (right) {
    case Right::owner:
        return "have the role run `xmppfed store init` that made it";
    case Right::operator_:
        return fmt::format("its owner gives one of them with {}: admin for the edge, the gateway and certificates",
                           grant);
    case Right::viewer:
    case Right::admin:
        break;
    }
    return fmt::format("its owner gives it with {}", grant);
}

}  // namespace

MissingRight::MissingRight(std::string_view store, std::string_view role, Right right, std::string_view why)
    : Error{core::ErrorKind::failed,
            fmt::format("{} {} the store {}",
                        role.empty() ? std::string{"this role"} : fmt::format("the role {}", core::quote(role)),
                        what_is_missing(right), store)},
      store_{store},
      role_{role} {
    cause = why;
    hints = {way_out(role, right)};
}

}  // namespace xmppfed::store
