#pragma once

#include <histedit.h>

namespace xmppfed::cli {

/// The functions of libedit that are used. It is loaded when a line is to be edited, so that nobody else pays for it.
/// Those for wide characters: the others read the user's locale again and again.
struct Libedit {
    decltype(&::el_init) init;
    decltype(&::el_end) end;
    decltype(&::el_wset) set;
    decltype(&::el_wget) get;
    decltype(&::el_wgets) gets;
    decltype(&::el_wline) line;
    decltype(&::el_resize) resize;
};

/// Loads the library at the first call; null where it cannot be, which is no fault: lines are then not edited.
[[nodiscard]] const Libedit* libedit();

}  // namespace xmppfed::cli
