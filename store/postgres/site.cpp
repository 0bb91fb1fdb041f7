#include "store/postgres/site.hpp"

#include <fmt/format.h>

#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"
#include "store/copy.hpp"
#include "store/postgres/schema.hpp"
#include "store/postgres/store.hpp"
#include "store/postgres/writer.hpp"

namespace xmppfed::store {

namespace {

using core::Error;
using core::ErrorKind;

Error no_group() {
    return Error{ErrorKind::usage, "a store in a database has no group: its roles are who may administer"}.hint(
        "give a role its right with --grant ROLE=viewer|operator|admin");
}

void refuse_committed_to(Reader& store, const std::string& address) {
    if (const auto summary = store.summary(); summary.store_revision > 0 || summary.partners > 0) {
        throw Error{ErrorKind::conflict,
                    fmt::format("something was committed to the store {} already", core::quote(address))}
            .hint("only an empty store takes another one over");
    }
}

Error reported_by(const CommitOutcome& outcome) {
    return outcome.error.value();
}

}  // namespace

const SharedConnection& PostgresSite::connection() const {
    if (!connection_) {
        connection_ = std::make_shared<PostgresConnection>(location_);
    }
    return connection_;
}

bool PostgresSite::has_store() const {
    auto& connection = *this->connection();
    return connection.guard("read", Right::viewer, [&] {
        try {
            return connection.ask("SELECT 1 FROM xmppfed.store").rows() > 0;
        } catch (const PostgresFailure& failure) {
            if (failure.state == sqlstate::undefined_table || failure.state == sqlstate::undefined_schema) {
                return false;
            }
            throw;
        }
    });
}

std::unique_ptr<Store> PostgresSite::open() const {
    return std::make_unique<PostgresStore>(connection());
}

void PostgresSite::create(Reach /*reach*/) const {
    make_schema(*connection());
}

/// In one transaction: what fails leaves not even an empty store.
void PostgresSite::take_over(Store& other, Reach /*reach*/) const {
    const auto from = other.read();
    Definition definition{*connection()};
    definition.make_schema();
    PostgresWriter to{connection(), Purpose::fill};
    refuse_committed_to(to, location_.address);
    copy_store(*from, to, core::timestamp(location_.now));
    if (const auto outcome = to.try_commit(); outcome.error) {
        throw reported_by(outcome);
    }
}

void PostgresSite::upgrade() const {
    make_schema(*connection());
}

/// In a transaction that is undone.
void PostgresSite::rehearse(Store* other, std::span<const Grant> grants) const {
    Definition definition{*connection()};
    definition.make_schema();
    definition.grant(grants);
    if (other != nullptr) {
        PostgresWriter to{connection(), Purpose::fill};  // whose end undoes all of it
        refuse_committed_to(to, location_.address);
    }
}

Error PostgresSite::absence() const {
    return no_store_in(core::quote(location_.address));
}

void PostgresSite::refuse_unwritable(Right right) const {
    auto& connection = *this->connection();
    const auto require = [&](Right needed, std::string_view privilege, std::string_view why) {
        connection.guard("write to", needed, [&] {
            if (connection.ask(fmt::format("SELECT has_table_privilege({})", privilege)).text(0, 0) != "t") {
                throw PostgresFailure{.state = std::string{sqlstate::insufficient_privilege}, .text = std::string{why}};
            }
        });
    };
    require(Right::operator_, "'xmppfed.write_lock', 'DELETE'", "it may not lock the store");
    if (right == Right::admin) {
        require(Right::admin, "'xmppfed.edge', 'INSERT'", "it may not change the edge");
    }
}

void PostgresSite::refuse_unshareable(gid_t /*group*/) const {
    throw no_group();
}

void PostgresSite::share(gid_t /*group*/) const {
    throw no_group();
}

void PostgresSite::grant(std::span<const Grant> grants) const {
    grant_rights(*connection(), grants);
}

}  // namespace xmppfed::store
