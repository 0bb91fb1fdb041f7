#include "app/cert/assignment.hpp"

#include <algorithm>

#include "app/cert/outdated_directories.hpp"
#include "app/cert/request/request_key.hpp"
#include "app/cert/request/request_lookup.hpp"
#include "core/cert/cert_lifecycle.hpp"
#include "core/cert/cert_rules.hpp"
#include "core/cert/files/file_host.hpp"
#include "core/cert/files/recorded_path.hpp"
#include "core/cert/retirement.hpp"
#include "core/refusal.hpp"
#include "core/text/timestamp.hpp"
#include "store/files/file.hpp"

namespace xmppfed::app {

using core::Error;
using core::ErrorKind;

Destination find_destination(const Book& book, const std::vector<core::CertRequest>& all) {
    const auto here = book.host();
    const core::CertRequest* last = nullptr;
    for (const auto& request : all) {
        const bool is_here = !request.directory.empty() && !core::has_files_elsewhere(request, here);
        if (is_here && (last == nullptr || request.assigned_at >= last->assigned_at)) {
            last = &request;
        }
    }
    if (last == nullptr) {
        const auto above = here.empty() ? store::directory_of(book.name()) : book.circumstances().data_directory();
        return {.path = above + "/certificates"};
    }
    return {.path = store::directory_of(last->directory), .is_recorded = true};
}

/// Whether servers find the certificate already. What is not in use gets a numbered directory of its own.
bool Assignment::is_in_use(const core::Certificate& certificate, Work& work) const {
    const bool is_assigned = work.request.state == core::RequestState::assigned;
    if (work.request.key_file.empty()) {
        return is_assigned;
    }
    const auto& to = order_.destination;
    core::refuse_unrecordable(to.path);
    work.key.emplace(key_of(work.request, certificate, passphrase_));
    if (!to.is_named && find_destination(book_, work.all).path != to.path) {
        throw Error{ErrorKind::conflict, "the store leads to another directory than a moment ago"}.hint(
            "run the command again, or name the directory with --to");
    }
    work.files.emplace(to.path, CertificatePair{recorded_texts(work.request).fullchain(), work.key->pem.text()},
                       order_.access);
    if (!to.is_agreed) {
        work.files->require_closed();
    }
    const bool is_there = is_assigned && work.files->is_in_use(work.request.directory);
    work.place = is_there ? work.request.directory : work.files->numbered();
    if (!is_there) {
        work.files->refuse_unwritable();
    }
    return is_there;
}

core::ChangeSet Assignment::decide(store::Reader& reader, std::string_view now, Work& work) const {
    work.request = request_by_number(reader, order_.request);
    work.all = reader.cert_requests();
    core::refuse_unissued(work.request);
    core::refuse_files_elsewhere(work.request, book_.host());
    const auto certificate = certificate_of(work.request);
    core::refuse_retired(work.request, certificate, work.all, known_key_of);
    auto decided = is_in_use(certificate, work) ? core::ChangeSet{}
                                                : core::assign_certificate(work.request, work.all, work.place, now);
    if (!decided.requests.empty() && work.files) {  // which of several hosts has its key is known by now
        decided.requests.back().after.host = book_.host();
    }
    const auto moment = book_.now();
    decided.diagnostics = core::check_path_dates(delivery_of(work.request, moment), moment, core::default_warn_days);
    core::name_request(decided.diagnostics, work.request);
    return decided;
}

/// Whether the directory gets its first pair: until that is recorded, nothing tells the store of what a killed process
/// leaves there. Where the certificate in use is, it looks anyway. Refuses what the change would be refused for.
bool Assignment::is_first_pair() const {
    const auto reader = book_.store().read();
    const auto here = core::with_files_here(reader->cert_requests(), book_.host());
    const bool is_known = std::ranges::any_of(here, [&](const core::CertRequest& request) {
        return request.state == core::RequestState::assigned &&
               store::directory_of(request.directory) == order_.destination.path;
    });
    if (is_known || book_.circumstances().dry_run) {
        return false;
    }
    Work work;
    const auto decided = decide(*reader, core::timestamp(book_.now()), work);
    core::refuse_unsound(decided.diagnostics, book_.circumstances().strict);
    return work.files && !decided.empty();
}

Settled Assignment::commit() {
    if (is_first_pair()) {
        announcement_.emplace(book_, announced_directory(order_.destination.path));
    }
    const auto make_files = [this] {
        if (work_.files) {
            work_.files->write();
            work_.files->switch_current();
        }
    };
    const auto keep_files = [this] {
        if (work_.files) {
            work_.files->keep();
        }
        if (announcement_) {
            announcement_->settle();
        }
    };
    return app::commit(book_,
                       [this](store::Reader& reader, std::string_view now) { return decide(reader, now, work_); },
                       {.act = make_files, .keep = keep_files});
}

std::vector<std::string> Assignment::remove_outdated(std::int64_t keep) const {
    return work_.place.empty()
               ? std::vector<std::string>{}
               : app::remove_outdated(work_.place, keep, core::with_files_here(work_.all, book_.host()));
}

}  // namespace xmppfed::app
