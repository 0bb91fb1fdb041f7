#pragma once

#include <locale.h>

namespace xmppfed::cli {

/// While it lives, functions of the C library take text for UTF-8, whatever the user's locale.
class Utf8Locale {
  public:
    Utf8Locale();
    Utf8Locale(const Utf8Locale&) = delete;
    Utf8Locale& operator=(const Utf8Locale&) = delete;
    ~Utf8Locale();

    /// Whether the system has such a locale; else nothing has changed.
    [[nodiscard]] bool is_there() const { return locale_ != nullptr; }

  private:
    locale_t locale_;
    locale_t before_{};
};

}  // namespace xmppfed::cli
