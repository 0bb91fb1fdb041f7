#include "store/postgres/failure.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/text/text.hpp"

namespace xmppfed::store {

namespace {

using core::Error;
using core::ErrorKind;

std::string_view name_of(Right right) {
    switch (right) {
    case Right::viewer:
        return "viewer";
    case Right::operator_:
        return "operator";
    case Right::admin:
        return "admin";
    case Right::owner:
        return "owner";
    }
    return {};
}

Error missing_right(const PostgresWork& work, const std::string& cause) {
    const auto who = work.role.empty() ? std::string{"this role"} : fmt::format("the role {}", core::quote(work.role));
    if (work.right == Right::owner) {
        return Error{ErrorKind::failed, fmt::format("{} is not the owner of the store {}", who, work.store)}
            .because(cause)
            .hint("have the role run `xmppfed store init` that made it");
    }
    if (work.right == Right::operator_) {  // without it nothing is changed, whatever else that would take
        return Error{
            ErrorKind::failed,
            fmt::format("{} has neither the right operator nor the right admin in the store {}", who, work.store)}
            .because(cause)
            .hint(
                fmt::format("its owner gives one of them with `xmppfed store init --grant {}=operator`: admin for the "
                            "edge and the gateway",
                            work.role.empty() ? "ROLE" : core::escape(work.role)));
    }
    return Error{ErrorKind::failed,
                 fmt::format("{} has not the right {} in the store {}", who, name_of(work.right), work.store)}
        .because(cause)
        .hint(fmt::format("its owner gives it with `xmppfed store init --grant {}={}`",
                          work.role.empty() ? "ROLE" : core::escape(work.role), name_of(work.right)));
}

/// What is to be told of a class of states, or of one; `kind` and `hint`.
struct Row {
    std::string_view state;  ///< or how it begins
    ErrorKind kind;
    std::string_view hint;
};

constexpr std::string_view later = "try again a little later";
constexpr std::array told{
    Row{"40", ErrorKind::busy, "somebody else has changed the same; run the command again"},
    Row{"53300", ErrorKind::busy, later},
    Row{sqlstate::cannot_connect_now, ErrorKind::busy, later},
    Row{"3D000", ErrorKind::not_found, "name a database that is there, or make it with `createdb`"},
    Row{"23", ErrorKind::conflict, "somebody has written past the program; look with `xmppfed store check`"},
    Row{"25006", ErrorKind::failed, "reach the primary server: add `target_session_attrs=read-write` to the address"},
    Row{"53100", ErrorKind::failed, "make room on the database server; nothing was committed"},
    Row{"28", ErrorKind::failed,
        "the server lets this role in by a password in ~/.pgpass, a certificate or the like, as it is configured"},
    Row{"XX", ErrorKind::failed, "the database is damaged: its administrator must look"},
    Row{"57P01", ErrorKind::failed, "nothing was committed; run the command again"},
    Row{"25P03", ErrorKind::failed, "nothing was committed; run the command again"},
};

/// Failures to connect carry no state.
std::string_view hint_for_connection(std::string_view text) {
    const auto tells_of = [&](std::string_view what) { return text.find(what) != std::string_view::npos; };
    if (tells_of("root certificate") || tells_of("certificate verify")) {
        return "put the CA of the server's certificate into ~/.postgresql/root.crt, or name its file with "
               "`sslrootcert=` in "
               "the address";
    }
    if (tells_of("SSL")) {
        return "the server is verified, by ~/.postgresql/root.crt, unless `sslmode=` in the address says otherwise";
    }
    if (tells_of("password")) {
        return "keep the password in ~/.pgpass, with mode 0600";
    }
    if (tells_of("definition of service")) {
        return "define the service in ~/.pg_service.conf";
    }
    return "see whether the server runs, and whether the address is right";
}

}  // namespace

Error error_of(const PostgresFailure& failure, const PostgresWork& work) {
    const auto cause = core::escape(failure.text);
    const auto cannot = fmt::format("cannot {} the store {}", work.doing, work.store);
    if (failure.state == sqlstate::insufficient_privilege) {
        return missing_right(work, cause);
    }
    if (failure.state == sqlstate::lock_not_available) {
        return locked_store(work.store);
    }
    const auto* const row = std::ranges::find_if(
        told, [&](const Row& each) { return !failure.state.empty() && failure.state.starts_with(each.state); });
    if (row != told.end()) {
        return Error{row->kind, cannot}.because(cause).hint(std::string{row->hint});
    }
    if (failure.is_lost && failure.state.empty() && work.doing != "reach") {
        return Error{ErrorKind::failed, fmt::format("the connection to the store {} was lost", work.store)}
            .because(cause)
            .hint("nothing was committed; run the command again");
    }
    return Error{ErrorKind::failed, cannot}.because(cause).hint(failure.is_lost
                                                                    ? std::string{hint_for_connection(failure.text)}
                                                                    : std::string{"look with `xmppfed store check`"});
}

Error locked_store(std::string_view quoted_name) {
    return Error{ErrorKind::busy, fmt::format("the store {} is locked by another process", quoted_name)};
}

}  // namespace xmppfed::store
