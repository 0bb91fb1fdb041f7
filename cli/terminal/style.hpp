#pragma once

#include <string>
#include <string_view>

#include "core/diagnostic.hpp"

namespace xmppfed::cli {

/// Colours of one stream, or none.
class Style {
  public:
    explicit Style(bool on) : on_{on} {}

    [[nodiscard]] std::string bold(std::string_view text) const;
    [[nodiscard]] std::string dim(std::string_view text) const;
    [[nodiscard]] std::string severity(core::Severity severity) const;  ///< its name, coloured

    /// Of a line that stands for something new, something different, something gone.
    [[nodiscard]] std::string added(std::string_view text) const;
    [[nodiscard]] std::string changed(std::string_view text) const;
    [[nodiscard]] std::string removed(std::string_view text) const;

  private:
    [[nodiscard]] std::string wrap(std::string_view code, std::string_view text) const;
    bool on_;
};

}  // namespace xmppfed::cli
