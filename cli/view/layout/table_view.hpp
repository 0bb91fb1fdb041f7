#pragma once

#include <optional>
#include <vector>

#include "cli/view/layout/list_view.hpp"

namespace xmppfed::cli::view {

/// A table with aligned columns, as wide as the terminal at most. The first thousand rows decide the layout, for memory
/// must not grow with the list. A later row that is wider moves its cells; one that the terminal has no room for becomes
/// a block of lines.
class TableView : public ListView {
  public:
    using ListView::item;

    TableView(Output& out, const ListShape& shape, const ListOptions& options);
    void item(const core::Json& item) override;
    void end(const core::Json& trailer) override;

  private:
    void write_row(const Row& row);
    void write_buffered();
    void tell_what_is_left_out();

    Output& out_;
    ListShape shape_;
    ListOptions options_;
    std::vector<Row> buffered_;
    std::optional<TableLayout> layout_;  ///< none until decided
};

}  // namespace xmppfed::cli::view
