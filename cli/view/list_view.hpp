#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "cli/globals.hpp"
#include "cli/output.hpp"
#include "cli/style.hpp"
#include "core/json.hpp"

namespace xmppfed::cli::view {

/// One column of a table.
struct Column {
    std::string_view key;  ///< of the item
    std::string_view heading;
    int shrink_order = 0;  ///< who gives way first on a narrow terminal: the lowest above 0; 0: after all
    std::string (*text)(const core::Json& item) = nullptr;  ///< null: the value of `key`
};

/// What a list is made of.
struct ListShape {
    std::string_view kind;                       ///< of the JSON document
    std::string_view items;                      ///< the key of its items
    std::span<const Column> columns;             ///< of the table
    std::span<const std::string_view> csv_keys;  ///< in order
};

struct ListOptions {
    Format format = Format::table;
    std::optional<std::size_t> columns;  ///< of the terminal
    Style style{false};
    bool dry_run = false;
};

/// Writes a list item by item, so that its length does not matter.
class ListView {
  public:
    ListView() = default;
    ListView(const ListView&) = delete;
    ListView& operator=(const ListView&) = delete;
    virtual ~ListView() = default;

    /// `head` has the members of the JSON document that stand before the items, if there are any.
    virtual void begin(const core::Json* head = nullptr);
    virtual void item(const core::Json& item) = 0;

    /// `trailer` has the members of the JSON document that follow the items.
    virtual void end(const core::Json& trailer) = 0;
};

/// The view for a format. `out` must outlive it.
[[nodiscard]] std::unique_ptr<ListView> make_list_view(Output& out, const ListShape& shape, const ListOptions& options);

}  // namespace xmppfed::cli::view
