#include "app/inspection.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "app/cert/certificate_directory.hpp"
#include "app/cert/interrupted_assignments.hpp"
#include "app/cert/request/request_key.hpp"
#include "core/cert/files/file_host.hpp"
#include "core/change_set.hpp"
#include "core/edge/edge.hpp"
#include "core/pki/cert_record.hpp"
#include "core/store_audit.hpp"
#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"
#include "store/files/file.hpp"

namespace xmppfed::app {

namespace {

using Requests = std::vector<core::CertRequest>;

/// The errors of the rules on a partner: what a commit would have refused got in some other way. Warnings were committed
/// knowingly, and `partner validate` shows them.
void add_rule_errors(const core::CommittedPartner& partner, const core::Surroundings& surroundings,
                     core::Diagnostics& diagnostics) {
    std::ranges::move(core::judge(partner, surroundings, partner.primary_domain, core::Severity::error),
                      std::back_inserter(diagnostics));
}

core::Diagnostic file_warning(std::string message, std::string hint) {
    core::Diagnostic diagnostic;
    diagnostic.severity = core::Severity::warning;
    diagnostic.field = "key_file";
    diagnostic.message = std::move(message);
    diagnostic.hint = std::move(hint);
    return diagnostic;
}

/// Every file that a key at that path may have been left in, apart from those of recorded requests.
void add_left_over_keys(const std::string& path, const std::set<std::string>& recorded,
                        core::Diagnostics& diagnostics) {
    std::vector<std::string> left_overs;
    try {
        left_overs = store::left_overs(path);
    } catch (const core::Error& error) {
        diagnostics.push_back(file_warning(error.message, "keys that belong to no request may be there"));
    }
    for (const auto& left : left_overs) {
        if (!recorded.contains(left)) {
            diagnostics.push_back(
                file_warning(fmt::format("the key file {} belongs to no recorded request", core::quote(left)),
                             "use it with `xmppfed cert request --key`, or delete it"));
        }
    }
}

/// What is wrong with the key file of a request, as the rest of a sentence. One that is encrypted, or closed to us, is
/// taken for the right one.
std::string_view key_problem(const core::CertRequest& request) {
    std::string public_key;
    try {
        public_key = public_key_of(request);
    } catch (const core::Error&) {
        return {};  // its CSR cannot be read, and that is a diagnostic already
    }
    switch (look_at_key(request.key_file, public_key)) {
    case KeyFileState::missing:
        return "is missing";
    case KeyFileState::damaged:
        return "is damaged";
    case KeyFileState::another:
        return "holds another key";
    case KeyFileState::right:
    case KeyFileState::closed:
    case KeyFileState::encrypted:
        return {};
    }
    return {};
}

/// What is never put to use again has no need of its key, and a compromised one had better go.
bool needs_no_key(core::RequestState state) {
    return state == core::RequestState::cancelled || state == core::RequestState::retired;
}

/// Requests whose key is gone, and keys whose request was never recorded because somebody was killed in between.
void add_key_warnings(const std::vector<store::KeyPlace>& unfinished, const Requests& requests, std::string_view here,
                      core::Diagnostics& diagnostics) {
    std::set<std::string> recorded;
    for (const auto& request : requests) {
        if (request.key_file.empty()) {
            continue;  // on Windows
        }
        recorded.insert(request.key_file);
        const auto problem = needs_no_key(request.state) ? "" : key_problem(request);
        if (!problem.empty()) {
            diagnostics.push_back(
                file_warning(fmt::format("the key file {} of certificate request {} {}", core::quote(request.key_file),
                                         request.number, problem),
                             "bring it back, or make a new request: without its key a certificate is worth nothing"));
        }
    }
    auto paths = recorded;  // beside a recorded key there may be another attempt's
    for (const auto& place : unfinished) {
        const bool is_directory = place.path.ends_with('/');
        if (!is_directory && !core::is_elsewhere(place.host, here)) {
            paths.insert(place.path);
        }
    }
    for (const auto& path : paths) {
        add_left_over_keys(path, recorded, diagnostics);
    }
}

/// A certificate that is assigned and not the one that servers find: a process was killed between switching the link
/// and recording that, or somebody else switched it.
void add_directory_warnings(const Requests& requests, core::Diagnostics& diagnostics) {
    for (const auto& request : requests) {
        if (request.state != core::RequestState::assigned || request.directory.empty()) {
            continue;
        }
        const auto link = store::directory_of(request.directory) + "/current";
        const bool is_there = CertificateDirectory::is_whole(request.directory);
        if (!is_there || CertificateDirectory::target_of(link) != request.directory) {
            const auto problem =
                is_there ? fmt::format("{} does not lead to {}, where the certificate of request {} is",
                                       core::quote(link), core::quote(request.directory), request.number)
                         : fmt::format("the directory {} with the certificate of request {} is missing, or not whole",
                                       core::quote(request.directory), request.number);
            auto warning =
                file_warning(problem, fmt::format("assign it again: `xmppfed cert assign {}`", request.number));
            warning.field = "directory";
            diagnostics.push_back(std::move(warning));
        }
    }
}

/// One look at the store; where it cannot be read, that is the diagnostic, once for all partners.
void look(const std::function<void()>& add, core::Diagnostics& diagnostics) {
    try {
        add();
    } catch (const core::Error& error) {
        const auto unreadable = core::damage(core::text_of(error));
        if (std::ranges::find(diagnostics, unreadable.message, &core::Diagnostic::message) == diagnostics.end()) {
            diagnostics.push_back(unreadable);
        }
    }
}

/// The summary, unless what it says cannot be or the store is damaged beyond counting; the diagnostics tell then.
std::optional<store::Summary> readable_summary(store::Reader& reader) {
    try {
        const auto summary = reader.summary();
        const bool can_be = summary.store_revision >= 0 && core::is_timestamp(summary.created_at);
        return can_be ? std::optional{summary} : std::nullopt;
    } catch (const core::Error&) {
        return std::nullopt;
    }
}

}  // namespace

Inspection inspect(store::Reader& reader, const Book& book) {
    Requests requests;
    std::vector<std::string> notes;
    const auto here = book.host();
    core::Diagnostics rule_errors;
    std::optional<std::vector<std::string>> own_domains;  // read once
    const auto judge = [&](const core::CommittedPartner& partner, const std::vector<core::Claim>& rivals) {
        if (!own_domains) {
            own_domains = core::own_domains(reader.edge());
        }
        add_rule_errors(partner, {.claims = rivals, .own_domains = *own_domains}, rule_errors);
    };
    auto diagnostics =
        reader.check({.partner = [&](const auto& partner,
                                     const auto& rivals) { look([&] { judge(partner, rivals); }, rule_errors); },
                      .request = [&](const auto& it) { requests.push_back(it); },
                      .forget =
                          [&] {
                              rule_errors.clear();
                              own_domains.reset();
                              requests.clear();
                          }});
    std::ranges::move(rule_errors, std::back_inserter(diagnostics));
    for (const auto& request : requests) {
        std::ranges::move(pki::check_record(request, book.now()), std::back_inserter(diagnostics));
        if (core::has_files_elsewhere(request, here)) {
            notes.push_back(core::note_on_files_elsewhere(request));
        }
    }
    requests = core::with_files_here(std::move(requests), here);
    look([&] { add_key_warnings(reader.unfinished_keys(), requests, here, diagnostics); }, diagnostics);
    look([&] { add_directory_warnings(requests, diagnostics); }, diagnostics);
    look([&] { std::ranges::move(interrupted_assignments(reader, here), std::back_inserter(diagnostics)); },
         diagnostics);
    return {std::move(diagnostics), readable_summary(reader), std::move(notes)};
}

}  // namespace xmppfed::app
