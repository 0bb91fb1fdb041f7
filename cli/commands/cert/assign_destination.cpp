#include "cli/commands/cert/assign_destination.hpp"

#include "app/cert/request/request_lookup.hpp"
#include "app/place_trust.hpp"
#include "cli/commands/cert/directory_consent.hpp"
#include "core/cert/cert_lifecycle.hpp"
#include "core/cert/files/file_host.hpp"
#include "store/files/file.hpp"

namespace xmppfed::cli {

namespace {

app::Destination named_destination(const World& world, const std::string& to) {
    if (to.empty()) {
        throw core::Error{core::ErrorKind::usage, "--to is empty"}.hint("name a directory");
    }
    auto path = absolute_path(world, to);
    while (path.size() > 1 && path.ends_with('/')) {
        path.pop_back();
    }
    return {.path = std::move(path), .is_named = true, .is_agreed = true};
}

}  // namespace

app::Destination settle_destination(Context& context, std::int64_t number, const std::optional<std::string>& to,
                                    bool yes) {
    auto reader = context.store().read();
    const auto request = app::request_by_number(*reader, number);
    if (request.key_file.empty()) {
        core::refuse_unissued(request);
        return {};
    }
    core::refuse_files_elsewhere(request, context.book().host());
    auto found =
        to ? named_destination(context.world(), *to) : app::find_destination(context.book(), reader->cert_requests());
    reader.reset();  // nobody waits while somebody thinks
    if (found.is_named) {
        context.messages().diagnostics(app::judge_named_directory(found.path));
    } else if (!context.globals().dry_run && (found.is_recorded || store::is_taken(found.path))) {
        // One beside the store that is still missing is made closed to others.
        found.is_agreed = !app::doubt_about(found.path).empty();
        agree_to(context, {found.path, "Put the key there", "name the directory with --to"}, yes);
    }
    return found;
}

}  // namespace xmppfed::cli
