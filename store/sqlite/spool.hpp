#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include <SQLiteCpp/SQLiteCpp.h>

#include "core/error.hpp"
#include "store/spool.hpp"

namespace xmppfed::store {

/// A spool in a database of its own, which SQLite keeps in memory while it is small, and in a file without a name when it
/// grows. No transaction of a store has anything to do with it.
class SqliteSpool : public Spool {
  public:
    SqliteSpool();

    void add(const core::Partner& partner, std::string_view places) override;

    /// Ends the adding, and forgets what an earlier comparison left.
    void begin_comparison();

    /// `wanted` (number, the wanted columns of a partner, additional, places), `wanted_claim` (domain, number, partner)
    /// and, once a comparison was begun, `rival` (number, domain, partner, is_wish), `chosen` (the columns of a partner),
    /// `released` (domain) and `claimed` (domain, partner).
    [[nodiscard]] SQLite::Database& database() { return database_; }

    /// Runs `work`; what SQLite throws becomes an Error about temporary storage.
    template <class Work>
    static decltype(auto) guard(Work&& work) {
        try {
            return std::forward<Work>(work)();
        } catch (const SQLite::Exception& exception) {
            throw failure(exception);
        }
    }

  private:
    [[nodiscard]] static core::Error failure(const SQLite::Exception& exception);

    SQLite::Database database_;
    std::optional<SQLite::Statement> add_;
    std::optional<SQLite::Statement> add_claim_;
};

}  // namespace xmppfed::store
