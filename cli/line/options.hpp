#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/settings/globals.hpp"
#include "core/field/enumeration.hpp"
#include "core/field/field.hpp"
#include "core/render/rendering.hpp"

namespace xmppfed::cli {

/// What a value names, for completion.
enum class Names {
    nothing,
    claimed_domain,
    primary_domain,
    additional_domain,  ///< of the partner that the line names
    sip_domain,         ///< of the edge
    xmpp_domain,        ///< of the edge
    file,
    store,        ///< a file, unless it is an address
    partner_key,  ///< of the JSON form; with a hyphen before it, the other way round
    request,
    command,
};

/// How often an option may be given.
enum class Repeat {
    no,         ///< twice is an error
    last_wins,  ///< of every command's options
    collects,   ///< each adds a value
};

/// One option of a command: what help, manual and completion tell of it, and what its values do.
struct Option {
    std::string name;                  ///< without its dashes
    char letter = 0;                   ///< short form, or none
    std::string_view value_name = {};  ///< empty for a flag
    std::string meaning = {};
    std::string default_text = {};
    std::span<const core::EnumValue> values = {};
    Repeat repeat = Repeat::no;
    Names names = Names::nothing;
    std::function<void(const std::vector<std::string>&)> take = {};  ///< called once, after parsing, when it was given
    std::string_view group = {};

    [[nodiscard]] bool is_flag() const { return value_name.empty(); }
};

/// The option that a word names, without its value: `--tls`, `-o`. None when it names none.
[[nodiscard]] const Option* option_named(const std::vector<Option>& options, std::string_view word);

/// The words of a command line that belong to no option.
struct Positional {
    std::string_view name;
    std::string_view meaning;
    std::size_t least = 0;
    std::size_t most = 0;
    Names names = Names::nothing;
    std::function<void(const std::vector<std::string>&)> take = {};
    std::span<const core::EnumValue> values = {};
};

/// What a number may be: others are a usage error, whose hint has the unit.
struct NumberRange {
    std::int64_t least;
    std::int64_t most;
    std::string_view unit = {};
};

/// What an option's number is of, such as `commit`, and what to type to see all of them.
struct RecordKind {
    std::string_view what;
    std::string_view hint;
};

inline constexpr RecordKind request_record{"certificate request", "`xmppfed cert list` shows all requests"};
inline constexpr RecordKind commit_record{"commit", "`xmppfed history` shows them"};

/// What stood on a command line, as it was typed.
struct Given {
    std::map<std::string, std::vector<std::string>> options;  ///< by name: its values, none for a flag
    std::vector<std::string> positionals;
};

/// The options of one command, in the order of its help. Values arrive as text; our own parsers convert them, for CLI11
/// reads 0x10 and 010 as numbers and yes as a boolean.
class OptionSet {
  public:
    /// The heading of the options that follow.
    void group(std::string_view heading) { group_ = heading; }

    void add(Option option);
    void flag(std::string name, bool& target, std::string meaning);
    void text(Option option, std::optional<std::string>& target);
    void list(Option option, std::vector<std::string>& target);  ///< each value a comma list
    void number(Option option, std::optional<std::int64_t>& target);
    void number(Option option, std::optional<std::int64_t>& target, const NumberRange& range);
    void record_number(Option option, std::optional<std::int64_t>& target, const RecordKind& kind);

    template <class E>
    void enumeration(Option option, std::optional<E>& target) {
        option.values = core::values_of<E>();
        option.take = [&target, shown = "--" + option.name](const auto& values) {
            target = static_cast<E>(core::read_value(shown, core::values_of<E>(), values.back()));
        };
        add(std::move(option));
    }
    /// One row of a table of renderings.
    template <class Row>
    void rendering(Option option, const core::RenderingTable<Row>& table, const Row*& target) {
        option.values = table.values;
        option.take = [&target, &table, shown = "--" + option.name](const auto& values) {
            target = &table.rows[core::read_value(shown, table.values, values.back())];
        };
        add(std::move(option));
    }
    void boolean(Option option, std::optional<bool>& target);

    void positional(Positional positional) { positional_ = std::move(positional); }

    [[nodiscard]] const std::vector<Option>& options() const { return options_; }
    /// The option of that name, which must be one of them.
    [[nodiscard]] const Option& named(std::string_view name) const;
    [[nodiscard]] const std::optional<Positional>& positional() const { return positional_; }

    /// Parses the words after the command's name and hands the values to their options.
    /// Throws a usage error for an unknown option (with the nearest one), a missing value, or words that nobody takes.
    Given parse(const std::vector<std::string>& words) const;

  private:
    std::string_view group_ = "Options";
    std::vector<Option> options_;
    std::optional<Positional> positional_;
};

/// The items of option values that are comma lists, without the blanks around them. One value that is empty as a whole
/// means no items; an empty item between commas stays, for a rule to refuse.
[[nodiscard]] std::vector<std::string> comma_items(const std::vector<std::string>& values);

/// The options that every command has, --output with the formats of one; with those of commands that change something, and `--strict` and
/// `--interactive`, where they belong.
void bind_globals(OptionSet& options, Globals& globals, Formats formats = Formats::items);
void bind_dry_run(OptionSet& options, Globals& globals, std::string meaning);
void bind_change_options(OptionSet& options, Globals& globals);
void bind_strict(OptionSet& options, Globals& globals);
void bind_interactive(OptionSet& options, Globals& globals);

}  // namespace xmppfed::cli
