#include "cli/commands/cert/assign_destination.hpp"

#include "app/cert/request_lookup.hpp"
#include "app/place_trust.hpp"
#include "cli/commands/cert/directory_consent.hpp"
#include "store/files/file.hpp"

namespace xmppfed::cli {

Destination find_destination(Context& context, const std::optional<std::string>& to,
                             const std::vector<core::CertRequest>& all) {
    if (to) {
        if (to->empty()) {
            throw core::Error{core::ErrorKind::usage, "--to is empty"}.hint("name a directory");
        }
        auto path = absolute_path(context.world(), *to);
        while (path.size() > 1 && path.ends_with('/')) {
            path.pop_back();
        }
        return {.path = std::move(path), .is_named = true, .is_agreed = true};
    }
    const core::CertRequest* last = nullptr;
    for (const auto& request : all) {
        if (!request.directory.empty() && (last == nullptr || request.assigned_at >= last->assigned_at)) {
            last = &request;
        }
    }
    if (last == nullptr) {
        return {.path = store::directory_of(context.store_path()) + "/certificates"};
    }
    return {.path = store::directory_of(last->directory), .is_recorded = true};
}

Destination settle_destination(Context& context, std::int64_t request, const std::optional<std::string>& to, bool yes) {
    auto reader = context.store().read();
    if (app::request_by_number(*reader, request).key_file.empty()) {
        return {};
    }
    auto found = find_destination(context, to, reader->cert_requests());
    reader.reset();  // nobody waits while somebody thinks
    if (found.is_named) {
        context.messages().findings(app::judge_named_directory(found.path));
    } else if (!context.globals().dry_run && (found.is_recorded || store::is_taken(found.path))) {
        // One beside the store that is still missing is made closed to others.
        found.is_agreed = !app::doubt_about(found.path).empty();
        agree_to(context, {found.path, "Put the key there", "name the directory with --to"}, yes);
    }
    return found;
}

}  // namespace xmppfed::cli
