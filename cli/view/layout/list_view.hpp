#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "cli/terminal/format.hpp"
#include "cli/terminal/output.hpp"
#include "cli/terminal/style.hpp"
#include "cli/view/layout/table_layout.hpp"
#include "core/text/json/json.hpp"
#include "core/text/json/object_text.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {
class Messages;
}

namespace xmppfed::cli::view {

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
    core::Medium medium = core::Medium::file;
    Messages* messages = nullptr;  ///< take what the output has no room for
};

/// An item that need not become a document: a view that prints it as it is asks for its text, another looks into it.
class ListItem {
  public:
    ListItem() = default;
    ListItem(const ListItem&) = delete;
    ListItem& operator=(const ListItem&) = delete;
    virtual ~ListItem() = default;

    [[nodiscard]] virtual core::Json json() const = 0;

    /// Appends the members that `json` has.
    virtual void append(core::ObjectText& object) const = 0;
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
    virtual void item(const ListItem& item);

    /// `trailer` has the members of the JSON document that follow the items.
    virtual void end(const core::Json& trailer) = 0;
};

/// The view for a format. `out` must outlive it.
[[nodiscard]] std::unique_ptr<ListView> make_list_view(Output& out, const ListShape& shape, const ListOptions& options);

}  // namespace xmppfed::cli::view
