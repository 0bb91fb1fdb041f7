#include "cli/terminal/editing/libedit.hpp"

#include <dlfcn.h>

#include <optional>
#include <type_traits>

namespace xmppfed::cli {

namespace {

constexpr const char* library_name = "libedit.so.2";

/// It stays loaded, for an editor may be in use until the end.
std::optional<Libedit> load() {
    void* const handle = dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
    const auto find = [handle](auto& function, const char* name) {
        void* const found = handle == nullptr ? nullptr : dlsym(handle, name);
        function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(found);
        return found != nullptr;
    };
    Libedit library{};
    const bool is_whole = find(library.init, "el_init") && find(library.end, "el_end") &&
                          find(library.set, "el_wset") && find(library.get, "el_wget") &&
                          find(library.gets, "el_wgets") && find(library.line, "el_wline") &&
                          find(library.resize, "el_resize");
    return is_whole ? std::optional{library} : std::nullopt;
}

}  // namespace

const Libedit* libedit() {
    static const auto library = load();
    return library ? &*library : nullptr;
}

}  // namespace xmppfed::cli
