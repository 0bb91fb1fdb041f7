#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/postgres/cursor.hpp"
#include "store/rows/checksum.hpp"
#include "store/rows/columns.hpp"
#include "store/rows/text_list.hpp"

namespace xmppfed::store {

/// Inserts rows, many with a statement. Texts that their values borrow must live until `flush`, which whoever has added
/// rows must call.
class RowInserter {
  public:
    /// `columns` are names with commas between them; `on_conflict` follows the rows.
    RowInserter(PostgresConnection& connection, const std::string& table, const std::string& columns,
                std::string on_conflict = {});

    void add(std::vector<Value> row);
    void flush();

  private:
    PostgresConnection& connection_;
    std::string into_;
    std::string on_conflict_;
    std::vector<Value> values_;
    std::size_t width_ = 0;
};

/// Selects partners with their additional domains, as a JSON list behind their columns, and what `more` is after that;
/// conditions and order may follow.
[[nodiscard]] std::string select_partners(std::string_view more = {});

/// A partner from a row of that.
[[nodiscard]] core::CommittedPartner read_partner(const PostgresResult& rows, int row);

/// The same for all partners in order, and who else claims the primary domain of each; and those claims from a row.
[[nodiscard]] std::string select_partners_and_rival();
[[nodiscard]] std::vector<core::Claim> rivals_of_partner(const PostgresResult& rows, int row);

/// The additional domains of the partner of the row, as an array in the order of their bytes.
extern const char* const additional_domains_of_row;

/// The claims in rows of domain and partner.
[[nodiscard]] std::vector<core::Claim> claims_in(const PostgresResult& rows);

}  // namespace xmppfed::store
