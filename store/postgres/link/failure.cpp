#include "store/postgres/link/failure.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/text/text.hpp"
#include "store/missing_right.hpp"

namespace xmppfed::store {

namespace {

using core::Error;
using core::ErrorKind;

/// What is to be told of a class of states, or of one; `kind` and `hint`.
struct Row {
    std::string_view state;  ///< or how it begins
    ErrorKind kind;
    std::string_view hint;
};

constexpr std::string_view later = "try again a little later, or wait longer with `--wait SECONDS`";
constexpr std::array told{
    Row{"40", ErrorKind::busy, "somebody else has changed the same; run the command again"},
    Row{sqlstate::too_many_connections, ErrorKind::busy, later},
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

void fail(const PostgresFailure& failure, const PostgresWork& work) {
    if (failure.state == sqlstate::insufficient_privilege) {
        throw MissingRight{work.store, work.role, work.right, core::escape(failure.text)};
    }
    throw error_of(failure, work);
}

Error locked_store(std::string_view quoted_name) {
    return Error{ErrorKind::busy, fmt::format("the store {} is locked by another process", quoted_name)};
}

}  // namespace xmppfed::store
