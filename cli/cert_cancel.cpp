#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/context.hpp"
#include "cli/request_lookup.hpp"
#include "cli/view/request_view.hpp"
#include "core/cert_lifecycle.hpp"
#include "core/text.hpp"
#include "store/file.hpp"

namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;

class CertCancel : public Request {
  public:
    void bind(OptionSet& options) override {
        bind_request_number(options, number_);
        options.flag("delete-key", delete_key_, "delete the key file too, which cannot be undone");
    }
    ExitCode run(Context& context) const override;

  private:
    void settle_key(Context& context, const core::CertRequest& request) const;

    std::int64_t number_ = 0;
    bool delete_key_ = false;
};

/// Whether two paths lead to one file, however they are spelt.
bool is_same_file(const std::string& one, const std::string& other) {
    std::error_code failed;  // one of them is not there
    return one == other || (std::filesystem::equivalent(one, other, failed) && !failed);
}

/// A key that another living request uses must stay; and of a link only the link would go.
void refuse_shared_key(const core::CertRequest& request, const std::vector<core::CertRequest>& all) {
    if (request.key_file.empty()) {
        return;  // it lives on Windows
    }
    std::error_code failed;
    if (std::filesystem::is_symlink(request.key_file, failed)) {
        throw Error{ErrorKind::conflict,
                    fmt::format("the key file {} is a symbolic link", core::quote(request.key_file))}
            .hint("leave --delete-key out, and delete what it leads to by hand");
    }
    const auto other = std::ranges::find_if(all, [&](const core::CertRequest& it) {
        return it.number != request.number && it.state != core::RequestState::cancelled &&
               is_same_file(it.key_file, request.key_file);
    });
    if (other != all.end()) {
        throw Error{ErrorKind::conflict, fmt::format("the key file {} is also that of certificate request {}",
                                                     core::quote(request.key_file), other->number)}
            .hint("leave --delete-key out");
    }
}

void delete_file(const std::string& key_file) {
    if (::unlink(key_file.c_str()) != 0 && errno != ENOENT) {
        throw store::system_failure(ErrorKind::failed,
                                    fmt::format("cannot delete the key file {}", core::quote(key_file)), errno)
            .hint("delete it by hand");
    }
}

/// After the commit: a recorded request never loses its key.
void CertCancel::settle_key(Context& context, const core::CertRequest& request) const {
    if (request.key_file.empty()) {
        return;  // it lives on Windows
    }
    const bool dry_run = context.globals().dry_run;
    if (delete_key_ && !dry_run) {
        delete_file(request.key_file);
    }
    const auto* fate = !delete_key_ ? "stays" : dry_run ? "would be deleted" : "is deleted";
    context.messages().note(fmt::format("the key file {} {}", core::quote(request.key_file), fate));
}

ExitCode CertCancel::run(Context& context) const {
    const auto changes = context.commit([&](store::Reader& reader, std::string_view) {
        const auto request = request_by_number(reader, number_);
        if (delete_key_) {
            refuse_shared_key(request, reader.cert_requests());
        }
        return core::cancel_request(request);
    });
    const auto& request = changes.requests.front().after;
    settle_key(context, request);
    view::print_committed(context, request, changes.diagnostics);
    return ExitCode::done;
}

}  // namespace

constinit const Command cert_cancel{
    .noun = "cert",
    .verb = "cancel",
    .summary = "Drop a pending certificate request",
    .description = "The request stays in the list as cancelled. Its files stay too, unless --delete-key is given.",
    .examples =
        {
            {"cert cancel 3", "drop a request that nobody will answer"},
            {"cert cancel 3 --delete-key", "and its key"},
        },
    .nature = Nature::changes,
    .formats = Formats::items,
    .make = make_request<CertCancel>,
};

}  // namespace xmppfed::cli
