#pragma once

#include <vector>

#include "cli/view/list_view.hpp"

namespace xmppfed::cli::view {

/// A table with aligned columns. The first thousand rows decide the widths; later ones are fitted to them, for memory
/// must not grow with the list.
class TableView : public ListView {
  public:
    TableView(Output& out, const ListShape& shape, const ListOptions& options);
    void item(const core::Json& item) override;
    void end(const core::Json& trailer) override;

  private:
    using Row = std::vector<std::string>;
    void decide_widths();
    void fit_to_terminal();
    void write_row(const Row& row);
    void write_buffered();

    Output& out_;
    ListShape shape_;
    ListOptions options_;
    std::vector<Row> buffered_;
    std::vector<std::size_t> widths_;  ///< empty until decided
};

}  // namespace xmppfed::cli::view
