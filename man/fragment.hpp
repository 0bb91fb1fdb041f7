#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "man/text.hpp"

namespace xmppfed::manual {

/// The prose of one page, parted at its `.Sh` lines.
struct Fragment {
    struct Section {
        std::string title;
        std::vector<std::string> lines;
    };

    std::filesystem::path path;
    std::string description;  ///< after `.Nd`, on a page that is no command's
    std::vector<Section> sections;

    /// The lines of a section; null when there is none.
    [[nodiscard]] const std::vector<std::string>* lines_of(std::string_view title) const;
};

/// Throws Problem when it cannot be read, or has a section twice or text before the first one.
[[nodiscard]] Fragment read_fragment(const std::filesystem::path& path);

/// A page of the manual that is complete but for its head.
struct Page {
    std::string name;
    char section = '1';
    std::string description;
    std::string text;  ///< from the section after NAME on

    [[nodiscard]] std::string file_name() const { return name + "." + section; }
};

/// The sections of a page, in the order that mdoc(7) asks for. Titles that it does not know come after DESCRIPTION.
class Sections {
  public:
    /// Adds mdoc lines to the section of that title, behind what is there.
    void add(const std::string& title, const std::string& text);
    /// Adds every section of a fragment but SEE ALSO, whose references are kept.
    void add(const Fragment& fragment);
    void add_reference(const std::string& name, char section);
    [[nodiscard]] std::string text() const;

  private:
    std::vector<std::pair<std::string, std::string>> sections_;
    std::vector<std::pair<char, std::string>> references_;
};

}  // namespace xmppfed::manual
