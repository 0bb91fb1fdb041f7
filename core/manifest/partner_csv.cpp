#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/manifest/manifest.hpp"
#include "core/manifest/manifest_values.hpp"
#include "core/partner/partner_fields.hpp"
#include "core/text/csv.hpp"
#include "core/text/json/placed_json.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

using Kind = PlacedJson::Kind;

constexpr std::string_view blanks = " \t\r\n";
constexpr auto* how_to_write = "`xmppfed partner list -o csv` writes such a file";

/// What a cell holds: without the apostrophe that guards a spreadsheet against what could be a formula, and but for free
/// text without the blanks around it.
std::string content_of(const CsvCell& cell, FieldKind kind) {
    const std::string_view text = cell.text;
    const auto bare = text.substr(text.starts_with('\'') ? 1 : 0);
    return kind == FieldKind::text ? std::string{bare} : trimmed(bare, blanks);
}

PlacedJson placed(Kind kind, std::string text, const Place& place) {
    PlacedJson value;
    value.kind = kind;
    value.text = std::move(text);
    value.place = place;
    return value;
}

/// A set is joined by blanks; commas are taken too, for no domain has one.
PlacedJson set_of(std::string_view text, const Place& place) {
    auto value = placed(Kind::array, {}, place);
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of(" \t\r\n,"), text.size());
        if (end > 0) {
            value.elements.push_back(placed(Kind::text, std::string{text.substr(0, end)}, place));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return value;
}

bool is_whole_number(std::string_view text) {
    const auto digits = text.substr(text.starts_with('-') ? 1 : 0);
    return !digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos &&
           (digits.size() == 1 || digits.front() != '0');
}

class PartnerCsvReader : public manifest_values::Reporter {
  public:
    using Reporter::Reporter;

    /// Whether the first line is a header at all, perhaps a broken one. It has a cell.
    [[nodiscard]] bool knows(const std::vector<CsvCell>& cells);

    /// Whether partners can be read under that header.
    [[nodiscard]] bool header(const std::vector<CsvCell>& cells);

    void record(const std::vector<CsvCell>& cells);

  private:
    /// What stands in a column; without a field it is passed over.
    struct Column {
        const PartnerField* field = nullptr;
        bool is_named = false;
    };

    [[nodiscard]] Column column_of(const CsvCell& cell);
    [[nodiscard]] bool has_column(const PartnerField& field) const;
    void value(const PartnerField& field, const CsvCell& cell, Partner& partner, Places& places);
    void unreadable(const PartnerField& field, std::string message, std::string hint, Places& places);

    std::vector<Column> columns_;
};

bool PartnerCsvReader::has_column(const PartnerField& field) const {
    return std::ranges::count(columns_, &field, &Column::field) > 0;
}

PartnerCsvReader::Column PartnerCsvReader::column_of(const CsvCell& cell) {
    const auto name = ascii_lower(content_of(cell, FieldKind::identity));
    if (name.empty()) {
        return {};
    }
    std::vector<std::string_view> keys;
    std::ranges::transform(partner_fields(), std::back_inserter(keys), &PartnerField::key);
    if (const auto key = std::ranges::find(keys, name); key != keys.end()) {
        const auto& field = partner_field(*key);
        if (has_column(field)) {
            refuse(fmt::format("the column {} is repeated", *key), "name it once", cell.place);
            return {.is_named = true};
        }
        return {&field, true};
    }
    if (std::ranges::count(kept_partner_keys(), name) == 0 && name != computed_partner_key) {
        const auto near = nearest(name, keys);
        refuse(fmt::format("the column {} is unknown", quote(name)),
               near.empty() ? std::string{how_to_write} : fmt::format("did you mean `{}`?", near), cell.place);
    }
    return {.is_named = true};
}

bool PartnerCsvReader::knows(const std::vector<CsvCell>& cells) {
    const auto is_key = [](const CsvCell& cell) {
        return std::ranges::count(partner_fields(), ascii_lower(content_of(cell, FieldKind::identity)),
                                  &PartnerField::key) > 0;
    };
    if (std::ranges::any_of(cells, is_key)) {
        return true;
    }
    refuse("this is neither JSON nor CSV with a header that names fields of partners",
           fmt::format("write it with `Get-CsXmppAllowedPartner | ConvertTo-Json`; or as CSV: {}", how_to_write),
           cells.front().place);
    return false;
}

bool PartnerCsvReader::header(const std::vector<CsvCell>& cells) {
    for (const auto& cell : cells) {
        columns_.push_back(column_of(cell));
    }
    const bool is_complete = has_column(partner_identity());
    if (!is_complete) {
        refuse(fmt::format("the column {} is missing: it identifies the partner", partner_identity().key), how_to_write,
               cells.front().place);
    }
    return is_complete;
}

void PartnerCsvReader::unreadable(const PartnerField& field, std::string message, std::string hint, Places& places) {
    const auto index = static_cast<std::size_t>(&field - partner_fields().data());
    auto diagnostic = manifest_values::problem(std::move(message), std::move(hint), places.fields.at(index));
    diagnostic.field = field.key;
    places.unreadable.set(index);
    report({std::move(diagnostic)});
}

void PartnerCsvReader::value(const PartnerField& field, const CsvCell& cell, Partner& partner, Places& places) {
    auto text = content_of(cell, field.kind);
    if (text.empty()) {
        return;  // not set: the default
    }
    const auto index = static_cast<std::size_t>(&field - partner_fields().data());
    places.fields.at(index) = cell.place;
    auto ours = placed(Kind::text, std::move(text), cell.place);
    if (field.kind == FieldKind::boolean) {
        const auto lower = ascii_lower(ours.text);
        if (lower != "true" && lower != "false") {
            unreadable(field, fmt::format("{} must be true or false, not {}", field.key, quote(ours.text)),
                       "spreadsheets write them in their own language: format the column as text", places);
            return;
        }
        ours.kind = Kind::boolean;
        ours.text = lower;
    } else if (field.kind == FieldKind::number) {
        ours.kind = Kind::integer;
        if (!is_whole_number(ours.text)) {
            unreadable(field, fmt::format("{} must be a whole number, not {}", field.key, quote(ours.text)),
                       "give decimal digits; a spreadsheet leaves them alone in a column formatted as text", places);
            return;
        }
    } else if (is_plural(field.kind)) {
        ours = set_of(ours.text, cell.place);
    }
    report(manifest_values::read<Partner>({&field, index, field.key, ours}, partner, places));
}

void PartnerCsvReader::record(const std::vector<CsvCell>& cells) {
    if (std::ranges::all_of(cells, [](const CsvCell& cell) { return trimmed(cell.text, blanks).empty(); })) {
        return;
    }
    const auto name = std::ranges::find(columns_, &partner_identity(), &Column::field) - columns_.begin();
    const auto name_index = static_cast<std::size_t>(name);
    const bool is_named = name_index < cells.size() && !content_of(cells[name_index], FieldKind::identity).empty();
    read_partner(is_named ? content_of(cells[name_index], FieldKind::identity) : std::string{});
    Partner partner;
    Places places;
    places.object = cells.front().place;
    bool has_stray = false;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto column = i < columns_.size() ? columns_[i] : Column{};
        if (column.field != nullptr) {
            value(*column.field, cells[i], partner, places);
        } else if (!column.is_named && !has_stray && !trimmed(cells[i].text, blanks).empty()) {
            has_stray = true;  // what is shifted is shifted to the end of the line
            refuse("the cell stands under no heading",
                   "a text with separators in it must stand between quotation marks", cells[i].place);
        }
    }
    if (is_named) {
        sink().partner(partner, places);
    } else {
        refuse(fmt::format("{} is missing: it identifies the partner", partner_identity().key),
               "fill in the cell, or delete the line", places.object);
    }
    read_partner({});
}

}  // namespace

void read_partner_csv(JsonSource& source, const ManifestSink& sink) {
    PartnerCsvReader reader{sink};
    if (is_marked_utf16(source.encoding())) {
        source.decode_utf16();
    } else if (source.encoding() != Encoding::utf8) {
        reader.refuse(fmt::format("the file is {}, not UTF-8", name_of(source.encoding())),
                      "save it in UTF-8: Excel calls it `CSV UTF-8`", {1, 1});
        return;
    }
    if (!source.skip_blanks()) {
        reader.refuse("the file is empty", how_to_write, {1, 1});
        return;
    }
    CsvReader csv{source};
    std::vector<CsvCell> cells;
    const bool is_whole = csv.next(cells);
    if (!reader.knows(cells)) {
        return;
    }
    const bool goes_on = is_whole && reader.header(cells);
    while (goes_on && csv.next(cells)) {
        reader.record(cells);
    }
    if (const auto& broken = csv.problem()) {
        reader.refuse(broken->message + "; nothing after it was read", broken->hint, broken->place);
    }
}

}  // namespace xmppfed::core
