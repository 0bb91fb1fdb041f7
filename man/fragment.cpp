#include "man/fragment.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

namespace xmppfed::manual {

namespace {

/// Before and after the titles of a page's own.
constexpr std::array<std::string_view, 2> first_titles{"SYNOPSIS", "DESCRIPTION"};
constexpr std::array<std::string_view, 9> last_titles{
    "OPTIONS", "ENVIRONMENT", "FILES", "EXIT STATUS", "EXAMPLES", "DIAGNOSTICS", "SEE ALSO", "STANDARDS", "CAVEATS"};

/// Where a section stands among the others.
std::size_t place_of(const std::string& title) {
    const auto* const first = std::ranges::find(first_titles, title);
    if (first != first_titles.end()) {
        return static_cast<std::size_t>(first - first_titles.begin());
    }
    const auto* const last = std::ranges::find(last_titles, title);
    return last == last_titles.end() ? first_titles.size()
                                     : first_titles.size() + 1 + static_cast<std::size_t>(last - last_titles.begin());
}

std::string after_first_blank(const std::string& line) {
    return line.substr(std::min(line.find(' ') + 1, line.size()));
}

}  // namespace

const std::vector<std::string>* Fragment::lines_of(std::string_view title) const {
    const auto found = std::ranges::find(sections, title, &Section::title);
    return found == sections.end() ? nullptr : &found->lines;
}

Fragment read_fragment(const std::filesystem::path& path) {
    Fragment fragment;
    fragment.path = path;
    std::ifstream file{path};
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with(".\\\"")) {
            continue;
        }
        if (line.starts_with(".Sh ")) {
            const auto title = after_first_blank(line);
            if (fragment.lines_of(title) != nullptr) {
                throw Problem{fmt::format("{}: the section {} stands there twice", path.string(), title)};
            }
            fragment.sections.push_back({title, {}});
        } else if (line.starts_with(".Nd ")) {
            fragment.description = after_first_blank(line);
        } else if (!fragment.sections.empty()) {
            fragment.sections.back().lines.push_back(line);
        } else if (!line.empty()) {
            throw Problem{fmt::format("{}: begin a section with .Sh before the text", path.string())};
        }
    }
    if (!file.eof() || fragment.sections.empty()) {
        throw Problem{fmt::format("{}: cannot be read, or is empty", path.string())};
    }
    return fragment;
}

void Sections::add(const std::string& title, const std::string& text) {
    const auto found = std::ranges::find(sections_, title, &std::pair<std::string, std::string>::first);
    if (found != sections_.end()) {
        found->second += text;
    } else {
        sections_.emplace_back(title, text);
    }
}

void Sections::add(const Fragment& fragment) {
    for (const auto& [title, lines] : fragment.sections) {
        try {
            if (title != "SEE ALSO") {
                add(title, body(lines));
                continue;
            }
            for (const auto& line : lines) {
                std::istringstream words{line};
                std::string macro;
                std::string name;
                char section = 0;
                if (!(words >> macro >> name >> section) || macro != ".Xr") {
                    throw Problem{"SEE ALSO takes lines of the form `.Xr NAME SECTION`"};
                }
                add_reference(name, section);
            }
        } catch (const Problem& problem) {
            throw Problem{fmt::format("{}: {}", fragment.path.string(), problem.text)};
        }
    }
}

void Sections::add_reference(const std::string& name, char section) {
    references_.emplace_back(section, name);
}

std::string Sections::text() const {
    auto sorted = sections_;
    std::ranges::stable_sort(sorted, {}, [](const auto& section) { return place_of(section.first); });
    auto references = references_;
    std::ranges::sort(references);
    references.erase(std::unique(references.begin(), references.end()), references.end());
    std::string see_also;
    for (const auto& [section, name] : references) {
        see_also += fmt::format("{}.Xr {} {}", see_also.empty() ? "" : " ,\n", name, section);
    }
    if (!see_also.empty()) {
        const auto behind = std::ranges::find_if(
            sorted, [](const auto& section) { return place_of(section.first) > place_of("SEE ALSO"); });
        sorted.insert(behind, {"SEE ALSO", see_also + "\n"});
    }
    std::string text;
    for (const auto& [title, lines] : sorted) {
        text += fmt::format(".Sh {}\n{}", title, lines);
    }
    return text;
}

}  // namespace xmppfed::manual
