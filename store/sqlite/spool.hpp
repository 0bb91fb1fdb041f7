#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include <SQLiteCpp/SQLiteCpp.h>

#include "core/error.hpp"
#include "store/spool.hpp"
#include "store/sqlite/many_rows.hpp"

namespace xmppfed::store {

/// A spool in a database of its own, which SQLite keeps in memory while it is small, and in a file without a name when it
/// grows. No transaction of a store has anything to do with it.
class SqliteSpool : public Spool {
  public:
    SqliteSpool();

    void add(const core::Partner& partner, std::string_view places) override;

    /// Ends the adding, and forgets what an earlier comparison left.
    void begin_comparison();

    /// Whether all came in the order of their names, so that nobody need sort them.
    [[nodiscard]] bool is_in_order() const { return is_in_order_; }

    /// Makes it quick to look for a name, or to go through them in order; most comparisons do neither.
    void index_names();

    /// `wanted` (number, the wanted columns of a partner, additional, places), `wanted_claim` (domain, number, partner)
    /// and, once a comparison was begun, `rival` (number, domain, partner, is_wish), `released` (domain)
    /// and `claimed` (domain, partner).
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
    core::CommittedPartner row_;  ///< what is being added, so that its memory need not be taken anew
    std::int64_t last_ = 0;       ///< the number of what was added last
    bool is_in_order_ = true;
    std::optional<ManyRows> partners_;
    std::optional<ManyRows> claims_;
};

}  // namespace xmppfed::store
