#include "app/place_trust.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "core/cert/files/file_access.hpp"
#include "core/text/text.hpp"
#include "store/address.hpp"
#include "store/files/file.hpp"
#include "store/files/open_directory.hpp"
#include "store/files/place.hpp"

namespace xmppfed::app {

namespace {

using core::Error;
using core::ErrorKind;
using core::quote;

core::Diagnostic warning(std::string message, std::string hint) {
    core::Diagnostic diagnostic;
    diagnostic.severity = core::Severity::warning;
    diagnostic.message = std::move(message);
    diagnostic.hint = std::move(hint);
    return diagnostic;
}

/// `what` names what is there; root does not take another user's word for it.
core::Diagnostics doubts(const std::string& what, const store::Place& place) {
    core::Diagnostics found;
    if (!place.open_directory.empty()) {
        found.push_back(
            warning(fmt::format("anybody may put something else in the place of {}: everybody may write the "
                                "directory {}",
                                what, quote(place.open_directory)),
                    "take that away with `chmod o-w`, or choose another directory"));
    }
    if (::geteuid() == 0 && !place.foreign.empty()) {
        found.push_back(warning(
            fmt::format("{} belongs to user {}, who decides what root finds there", quote(place.foreign), place.owner),
            "run the command as that user, if it is theirs"));
    }
    return found;
}

}  // namespace

core::Diagnostics judge_store_place(const std::string& store, bool is_named) {
    if (store::is_known_address(store)) {
        return {};  // what is there is the database's word
    }
    auto found = doubts(fmt::format("the store {}", quote(store)), store::look_at_place(store));
    if (::geteuid() == 0 && !is_named && !found.empty()) {
        throw Error{ErrorKind::failed, found.front().message}.hint(
            fmt::format("as root name the store with --store, if you trust it; {}", found.front().hint));
    }
    return found;
}

core::Diagnostics judge_named_directory(const std::string& directory) {
    return doubts(fmt::format("what is in {}", quote(directory)),
                  store::look_at_place(store::nearest(directory) + "/current"));
}

std::string doubt_about(const std::string& directory) {
    const auto there = store::access_of(store::nearest(directory));
    const auto user = ::geteuid();
    if (!there) {
        return "it cannot be looked at";
    }
    if (core::is_closed_to_others(*there, user)) {
        return {};
    }
    if (there->owner != user && there->owner != 0) {
        return fmt::format("it belongs to user {}", there->owner);
    }
    return (there->mode & S_IWOTH) != 0 ? "everybody may write it"
                                        : fmt::format("its group {} may write it", there->group);
}

}  // namespace xmppfed::app
