// Makes the pages of the manual: xmppfed_manual FRAGMENTS OUTPUT DATE
//
// FRAGMENTS holds NAME.mdoc for each command (partner-new.mdoc) and xmppfed.mdoc for the program, and NAME.5.mdoc or
// NAME.7.mdoc for each other page. The pages go to OUTPUT/man1, man5 and man7. A command without a fragment, a fragment
// without a command, an option without a meaning, a rule without a section and a reference to no page are told, each
// with the file to write, and then it exits 1.

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <set>
#include <span>

#include <fmt/format.h>

#include "core/rule/rules.hpp"
#include "man/command_page.hpp"

namespace xmppfed::manual {

namespace {

namespace fs = std::filesystem;

/// The page of the rules: each section `.Ss ID` gets severity and occasion from the table.
Fragment with_rules(Fragment fragment, std::vector<Problem>& problems) {
    std::set<std::string_view> missing;
    for (const auto& rule : core::rule::table) {
        missing.insert(rule.id);
    }
    for (auto& section : fragment.sections) {
        std::vector<std::string> lines;
        for (const auto& line : section.lines) {
            lines.push_back(line);
            if (!line.starts_with(".Ss ")) {
                continue;
            }
            const auto id = line.substr(4);
            const auto found = std::ranges::find(core::rule::table, id, &core::Rule::id);
            if (found == core::rule::table.end() || missing.erase(found->id) == 0) {
                problems.push_back(
                    {fmt::format("{}: `.Ss {}` names no rule, or one again", fragment.path.string(), id)});
            } else {
                lines.push_back(fmt::format(".Em {} :", core::name(found->severity)));
                lines.push_back(fmt::format("{}.", found->when));
                lines.emplace_back();
            }
        }
        section.lines = lines;
    }
    for (const auto& id : missing) {
        problems.push_back({fmt::format("{}: write a section `.Ss {}` for that rule", fragment.path.string(), id)});
    }
    return fragment;
}

/// Puts a list in the place of the line that names it.
void put_list(std::string& text, std::string_view line, const std::string& list) {
    if (const auto at = text.find(line); at != std::string::npos) {
        text.replace(at, line.size(), list);
    }
}

/// `@commands` becomes the list of commands.
Page plain_page(const std::string& name, char section, const Fragment& fragment) {
    if (fragment.description.empty()) {
        throw Problem{fmt::format("{}: begin it with .Nd and what the page is about", fragment.path.string())};
    }
    Sections sections;
    sections.add(fragment);
    if (name != "xmppfed") {
        sections.add_reference("xmppfed", '1');
    }
    auto text = sections.text();
    put_list(text, "@commands\n", command_list());
    return {name, section, fragment.description, text};
}

struct Reference {
    std::string_view name;
    std::string_view section;
};

/// What the macros `.Xr NAME SECTION` of a page refer to.
std::vector<Reference> references_in(std::string_view text) {
    constexpr std::string_view macro = "Xr ";
    std::vector<Reference> references;
    for (auto at = text.find(macro); at != std::string_view::npos; at = text.find(macro, at)) {
        const bool is_macro = at > 0 && (text[at - 1] == '.' || text[at - 1] == ' ');
        at += macro.size();
        const auto blank = std::min(text.find(' ', at), text.size());
        if (is_macro) {
            references.push_back({text.substr(at, blank - at), text.substr(std::min(blank + 1, text.size()), 1)});
        }
    }
    return references;
}

class Manual {
  public:
    explicit Manual(fs::path fragments) : fragments_{std::move(fragments)} {}

    void make() {
        std::set<std::string> names;
        for (const auto* command : cli::commands()) {
            const auto name = command->page_name().substr(std::string_view{"xmppfed-"}.size());
            names.insert(name);
            const auto path = fragments_ / (name + ".mdoc");
            if (!fs::exists(path)) {
                problems_.push_back(
                    {fmt::format("the command `{}` has no page: write {} with the sections DESCRIPTION "
                                 "and EXAMPLES",
                                 command->name(), path.string())});
                continue;
            }
            attempt([&] { pages_.push_back(command_page(*command, read_fragment(path))); });
        }
        for (const auto& entry : fs::directory_iterator{fragments_}) {
            const auto name = entry.path().stem().string();
            if (entry.path().extension() == ".mdoc" && !names.contains(name)) {
                attempt([&] { other(entry.path(), name); });
            }
        }
        list_pages();
        check_references();
    }

    void write(const fs::path& output, const std::string& date) const {
        for (const char section : {'1', '5', '7'}) {
            const auto folder = output / fmt::format("man{}", section);
            fs::remove_all(folder);  // also what is left of a page that went
            fs::create_directories(folder);
        }
        for (const auto& page : pages_) {
            auto title = page.name;
            std::ranges::transform(title, title.begin(), [](unsigned char c) { return std::toupper(c); });
            std::ofstream file{output / fmt::format("man{}", page.section) / page.file_name(), std::ios::binary};
            file << fmt::format(".\\\" Made from man/ and the command table. Do not edit.\n.Dd {}\n.Dt {} {}\n.Os\n",
                                date, title, page.section)
                 << fmt::format(".Sh NAME\n.Nm {}\n.Nd {}\n{}", page.name, page.description, page.text);
            file.close();
            if (!file) {
                throw Problem{fmt::format("cannot write the page {}", page.file_name())};
            }
        }
    }

    [[nodiscard]] const std::vector<Problem>& problems() const { return problems_; }

  private:
    template <class F>
    void attempt(F work) {
        try {
            work();
        } catch (const Problem& problem) {
            problems_.push_back(problem);
        }
    }

    void other(const fs::path& path, const std::string& name) {
        if (name == "xmppfed") {
            pages_.push_back(plain_page(name, '1', read_fragment(path)));
        } else if (name.ends_with(".5") || name.ends_with(".7")) {
            const auto topic = name.substr(0, name.size() - 2);
            auto fragment = read_fragment(path);
            if (topic == "rules") {
                has_rules_ = true;
                fragment = with_rules(fragment, problems_);
            }
            pages_.push_back(plain_page("xmppfed-" + topic, name.back(), fragment));
        } else {
            throw Problem{fmt::format("{}: there is no such command; remove or rename the file", path.string())};
        }
    }

    /// `@pages` of xmppfed(1) becomes the list of the pages that are no command's.
    void list_pages() {
        std::map<std::string, std::string> items;  // in the order of the names, wherever the folder had them
        for (const auto& page : pages_) {
            if (page.section != '1') {
                items[page.name] =
                    fmt::format(".It Xr {} {}\n{}", page.name, page.section, paragraph(page.description));
            }
        }
        std::string list = ".Bl -tag -width Ds -compact\n";
        for (const auto& [name, item] : items) {
            list += item;
        }
        const auto program = std::ranges::find(pages_, "xmppfed", &Page::name);
        if (program != pages_.end()) {
            put_list(program->text, "@pages\n", list + ".El\n");
        }
    }

    void check_references() {
        if (!has_rules_) {
            problems_.push_back(
                {fmt::format("the rules have no page: write {}", (fragments_ / "rules.7.mdoc").string())});
        }
        if (!problems_.empty()) {
            return;  // a page that is missing has been told of
        }
        std::set<std::string> known;
        for (const auto& page : pages_) {
            known.insert(page.file_name());
        }
        for (const auto& page : pages_) {
            for (const auto& [name, section] : references_in(page.text)) {
                if (!known.contains(fmt::format("{}.{}", name, section))) {
                    problems_.push_back({fmt::format("{} refers to {}({}), and there is no such page", page.file_name(),
                                                     name, section)});
                }
            }
        }
    }

    fs::path fragments_;
    std::vector<Page> pages_;
    std::vector<Problem> problems_;
    bool has_rules_ = false;
};

int run(std::span<char*> arguments) {
    if (arguments.size() != 4) {
        fmt::print(stderr, "usage: xmppfed_manual FRAGMENTS OUTPUT DATE\n");
        return 2;
    }
    try {
        Manual manual{arguments[1]};
        manual.make();
        for (const auto& problem : manual.problems()) {
            fmt::print(stderr, "xmppfed_manual: error: {}\n", problem.text);
        }
        if (!manual.problems().empty()) {
            return 1;
        }
        manual.write(arguments[2], arguments[3]);
        return 0;
    } catch (const Problem& problem) {
        fmt::print(stderr, "xmppfed_manual: error: {}\n", problem.text);
    } catch (const std::exception& exception) {
        fmt::print(stderr, "xmppfed_manual: error: {}\n", exception.what());
    }
    return 1;
}

}  // namespace

}  // namespace xmppfed::manual

int main(int count, char** values) {
    return xmppfed::manual::run({values, static_cast<std::size_t>(count)});
}
