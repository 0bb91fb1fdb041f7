#include "cli/terminal/editing/utf8_locale.hpp"

namespace xmppfed::cli {

Utf8Locale::Utf8Locale() : locale_{::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)} {
    if (locale_ != nullptr) {
        before_ = ::uselocale(locale_);
    }
}

Utf8Locale::~Utf8Locale() {
    if (locale_ != nullptr) {
        (void)::uselocale(before_);
        ::freelocale(locale_);
    }
}

}  // namespace xmppfed::cli
