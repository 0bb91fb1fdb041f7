#pragma once

#include <exception>
#include <optional>
#include <string>

#include <SQLiteCpp/SQLiteCpp.h>

#include "core/store_audit.hpp"

namespace xmppfed::store {

/// The history of one kind of subject, sorted by the names that its entries are under, which an audit follows. Numbers are
/// sorted as such. A database that breaks ends it early: the audit knows, and `follow_all` throws what SQLite said.
class Trails {
  public:
    /// `audit` must outlive it.
    Trails(SQLite::Database& database, core::Subject subject, core::StoreAudit& audit);

    /// Has the audit follow what is under names before this one, and under this one.
    void follow_to(const std::string& name);

    /// And the rest.
    void follow_all();

  private:
    void step();
    void break_off();
    void follow();
    [[nodiscard]] bool is_before_or_at(const std::string& name) const;

    core::Subject subject_;
    core::StoreAudit& audit_;
    std::optional<SQLite::Statement> entries_;
    bool has_entry_ = false;
    std::string name_;
    std::exception_ptr failure_;
};

}  // namespace xmppfed::store
