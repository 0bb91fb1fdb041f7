#include "cli/line/completion.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "app/place_trust.hpp"
#include "cli/line/command_line.hpp"
#include "cli/line/help_topics.hpp"
#include "cli/line/typed_line.hpp"
#include "cli/settings/settings.hpp"
#include "core/partner/partner_fields.hpp"
#include "core/text/text.hpp"
#include "store/address.hpp"
#include "store/site.hpp"

namespace xmppfed::cli {

namespace {

using Words = std::vector<std::string>;

constexpr std::size_t most_domains = 500;  // more than anybody reads; the next letter narrows it

/// Whether the text is a domain as commits write it. What was written past the program must not become part of a
/// command line.
bool is_domain(std::string_view text) {
    return !text.starts_with('-') && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    });
}

/// Finds what completes one word.
class Completer {
  public:
    Completer(const World& world, std::string current) : world_{world}, current_{std::move(current)} {}

    Completion take() && { return std::move(result_); }

    void complete(const Words& before);

  private:
    void complete_in(const OptionSet& options, const CommandLine& line);
    void add(std::string word, std::string_view description);
    void add_value_of(const Option& option);
    void add_values(std::span<const core::EnumValue> values);
    void add_named(Names names);
    void add_options(const OptionSet& options);
    void add_command_words(std::string_view noun);
    void add_partner_keys();
    void add_domains(store::Domains domains);
    void add_additional_domains();
    void add_each(const Words& domains, std::string_view description);
    void add_requests();
    [[nodiscard]] std::unique_ptr<store::Store> store() const;

    const World& world_;
    std::string current_;  ///< what candidates begin with
    std::string prefix_;   ///< stands before each candidate: `--option=`, or the items before the last comma
    Words taken_;          ///< no candidates: they are on the line already
    TypedLine typed_;
    Completion result_;
};

void Completer::add(std::string word, std::string_view description) {
    if (word.starts_with(current_) && std::ranges::count(taken_, word) == 0 && core::is_safe(prefix_)) {
        result_.candidates.push_back({std::move(word.insert(0, prefix_)), core::escape(description)});
    }
}

void Completer::add_values(std::span<const core::EnumValue> values) {
    for (const auto& value : values) {
        add(std::string{value.name}, value.meaning);
    }
}

void Completer::add_value_of(const Option& option) {
    if (option.repeat == Repeat::collects) {  // a comma list, of which the last item is completed
        taken_ = comma_items(typed_.given[option.name]);
        if (const auto comma = current_.rfind(','); comma != std::string::npos) {
            std::ranges::move(core::split(current_.substr(0, comma), ','), std::back_inserter(taken_));
            prefix_ += current_.substr(0, comma + 1);
            current_.erase(0, comma + 1);
        }
    }
    add_values(option.values);
    add_named(option.names);
}

void Completer::add_options(const OptionSet& options) {
    for (const auto& option : options.options()) {
        if (option.repeat == Repeat::collects || !typed_.given.contains(option.name)) {
            add("--" + option.name, option.meaning);
        }
    }
}

void Completer::add_command_words(std::string_view noun) {
    if (noun.empty()) {
        for (const auto& each : nouns()) {
            add(std::string{each.name}, each.summary);
        }
    }
    for (const auto* command : commands()) {
        if (noun.empty() && command->verb.empty()) {
            add(std::string{command->noun}, command->summary);
        } else if (!noun.empty() && command->noun == noun && !command->verb.empty()) {
            add(std::string{command->verb}, command->summary);
        }
    }
}

void Completer::add_partner_keys() {
    const bool descending = current_.starts_with('-');
    const auto add_key = [&](std::string_view key, std::string_view label) {
        add(fmt::format("{}{}", descending ? "-" : "", key), label);
    };
    for (const auto& field : core::partner_fields()) {
        add_key(field.key, field.label);
    }
    for (const auto key : core::kept_partner_keys()) {
        add_key(key, {});
    }
}

/// None where there is no store: looking must not make one.
std::unique_ptr<store::Store> Completer::store() const {
    const auto given = typed_.given.find("store");
    auto option =
        given == typed_.given.end() || given->second.empty() ? std::nullopt : std::optional{given->second.back()};
    if (option && option->starts_with("~/")) {  // the shell has not replaced it yet
        option->replace(0, 1, world_.environment("HOME").value_or("~"));
    }
    const SettingsFiles settings{world_};
    settings.require_sound();  // else it might be another store than that of the command
    const auto setting = store_setting(world_, settings, option);
    (void)app::judge_store_place(setting.value, is_named(setting));  // throws where root must not use it
    auto location = store::location_of(setting.value);
    location.wait = std::chrono::milliseconds{0};
    location.look_only = true;
    const auto site = world_.find_site(location);
    return site->has_store() ? site->open() : nullptr;
}

void Completer::add_domains(store::Domains domains) {
    const auto store = this->store();
    if (!store) {
        return;
    }
    current_ = core::ascii_lower(current_);
    if (!is_domain(current_)) {
        return;
    }
    for (auto& [domain, partner, is_wish] : store->read()->claims_beginning_with(current_, domains, most_domains)) {
        if (is_domain(domain)) {
            const auto description = domain == partner ? std::string{} : "a domain of " + partner;
            add(std::move(domain), description);
        }
    }
}

void Completer::add_each(const Words& domains, std::string_view description) {
    current_ = core::ascii_lower(current_);
    for (const auto& domain : domains) {
        if (is_domain(domain)) {
            add(domain, description);
        }
    }
}

void Completer::add_additional_domains() {
    if (const auto store = typed_.plain.empty() ? nullptr : this->store()) {
        if (const auto partner = store->read()->partner(core::canonical_or_as_is(typed_.plain.front()))) {
            add_each(partner->additional_domains, {});
        }
    }
}

void Completer::add_requests() {
    if (const auto store = this->store()) {
        for (const auto& request : store->read()->cert_requests()) {
            add(std::to_string(request.number),
                fmt::format("{}, {}", request.friendly_name, core::name_of(request.state)));
        }
    }
}

void Completer::add_named(Names names) {
    switch (names) {
    case Names::nothing:
        break;
    case Names::claimed_domain:
        add_domains(store::Domains::all);
        break;
    case Names::primary_domain:
        add_domains(store::Domains::primary);
        break;
    case Names::additional_domain:
        add_additional_domains();
        break;
    case Names::sip_domain:
        if (const auto store = this->store()) {
            add_each(store->read()->edge().sip_domains, "a SIP domain of the edge");
        }
        break;
    case Names::xmpp_domain:
        if (const auto store = this->store()) {
            add_each(core::effective_xmpp_domains(store->read()->edge()), "an XMPP domain of the edge");
        }
        break;
    case Names::file:
        result_.files = true;
        break;
    case Names::store:
        result_.files = store::beginning_of_address(current_).empty();
        break;
    case Names::partner_key:
        add_partner_keys();
        break;
    case Names::request:
        add_requests();
        break;
    case Names::command:
        add_command_words(typed_.plain.empty() ? "" : typed_.plain.front());
        if (typed_.plain.empty()) {
            add_values(help_words(current_));
        }
        break;
    }
}

/// What may stand behind the words of a command, of a noun, or of the program.
void Completer::complete_in(const OptionSet& options, const CommandLine& line) {
    typed_ = read_typed(options.options(), line.words);
    const auto equals = current_.find('=');
    if (typed_.awaiting != nullptr) {
        add_value_of(*typed_.awaiting);
    } else if (!typed_.options_ended && current_.starts_with('-')) {
        const auto* option = option_named(options.options(), current_.substr(0, equals));
        if (equals == std::string::npos) {
            add_options(options);
        } else if (option != nullptr && !option->is_flag()) {
            prefix_ = current_.substr(0, equals + 1);
            current_.erase(0, equals + 1);
            add_value_of(*option);
        }
    } else if (line.command == nullptr && !typed_.options_ended) {
        add_command_words(line.noun);
    } else if (const auto& positional = options.positional(); positional && typed_.plain.size() < positional->most) {
        taken_ = typed_.plain;
        add_values(positional->values);
        add_named(positional->names);
    }
}

void Completer::complete(const Words& before) {
    const auto line = find_command(before);
    Globals globals;
    if (line.command != nullptr) {
        const auto request = line.command->make();
        complete_in(all_options(*line.command, *request, globals), line);
        return;
    }
    OptionSet options;
    bind_globals(options, globals);
    bool version = false;
    if (line.noun.empty()) {
        options.flag("version", version, "show the version");
    }
    complete_in(options, line);
}

}  // namespace

Completion complete(const Words& words, const World& world) {
    if (words.empty()) {
        return {};
    }
    Completer completer{world, words.back()};
    completer.complete({words.begin(), std::prev(words.end())});
    return std::move(completer).take();
}

void print_completion(const Words& words, const World& world) {
    try {
        const auto completion = complete(words, world);
        std::string text = completion.files ? ":files\n" : "";
        for (const auto& candidate : completion.candidates) {
            text.append(candidate.word).append(1, '\t').append(candidate.description).append(1, '\n');
        }
        world.out.write(text);
        world.out.flush();
    } catch (const std::exception&) {
        (void)world.out.discard();
    }
}

}  // namespace xmppfed::cli
