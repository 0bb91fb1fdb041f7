#include "app/cert/moved_files.hpp"

#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "app/cert/assigned_files.hpp"
#include "app/cert/request/request_key.hpp"
#include "app/cert/request/request_lookup.hpp"
#include "core/cert/files/file_host.hpp"
#include "core/cert/files/recorded_path.hpp"
#include "core/refusal.hpp"
#include "core/rule/rules.hpp"
#include "core/text/text.hpp"
#include "store/files/file.hpp"

namespace xmppfed::app {

namespace {

using core::Error;
using core::ErrorKind;
using core::quote;

Error missing(const std::string& path) {
    return Error{ErrorKind::not_found, fmt::format("there is no file {}", quote(path))}.hint(
        "name the place where it is now");
}

Error unreadable(const std::string& path) {
    return Error{ErrorKind::failed, fmt::format("{} cannot be read, so that nobody knows what it is", quote(path))}
        .hint("run the command as somebody who may read it");
}

/// Throws the refusal of a key file that has another key.
[[noreturn]] void refuse_other_key(const core::CertRequest& request, const std::string& path) {
    throw core::refusal({core::make_diagnostic(
        core::rule::cert_key_mismatch, "key_file",
        fmt::format("{} does not have the key of certificate request {}", quote(path), request.number),
        "name the file with the key that the request was made with")});
}

void check_key(const core::CertRequest& request, const std::string& path, const pki::Secret& passphrase) {
    switch (look_at_key(path, public_key_of(request))) {
    case KeyFileState::right:
        return;
    case KeyFileState::missing:
        throw missing(path);
    case KeyFileState::closed:
        throw unreadable(path);
    case KeyFileState::encrypted:
        if (opened_key(path, read_secret("the key file", path, longest_key_file), passphrase).public_der() !=
            public_key_of(request)) {
            refuse_other_key(request, path);
        }
        return;
    case KeyFileState::damaged:
    case KeyFileState::another:
        refuse_other_key(request, path);
    }
}

void check_csr(const core::CertRequest& request, const std::string& path) {
    const auto file = cert_file("the CSR", path);
    if (file.requests.size() != 1 || file.requests.front().pem != csr_of(request).pem) {
        throw core::refusal({core::make_diagnostic(
            core::rule::cert_key_mismatch, "csr_file",
            fmt::format("{} is not the CSR of certificate request {}", quote(path), request.number),
            fmt::format("`xmppfed cert show {} --pem` prints it", request.number))});
    }
}

/// What to do about files that are not in the directory which was named.
std::string remedy(const core::CertRequest& request, const std::string& directory) {
    return request.state == core::RequestState::assigned
               ? fmt::format("name where they are; `xmppfed cert assign {} --to {}` puts them there", request.number,
                             quote(directory))
               : "name where they are";
}

/// What cannot be looked at, below a closed directory, is not known to be none.
bool is_no_directory(const std::string& path) {
    std::error_code failure;
    const auto type = std::filesystem::status(path, failure).type();
    return type != std::filesystem::file_type::directory && type != std::filesystem::file_type::none;
}

/// `directory` is the one that was named.
void refuse_other_files(core::FilesInUse files, const core::CertRequest& request, const std::string& directory) {
    files.remedy = remedy(request, directory);
    core::refuse_unsound(core::check_files(files), /*strict=*/false);
    if (files.fullchain_state == core::FileState::closed) {
        throw unreadable(files.fullchain);
    }
    if (files.key_state == core::FileState::closed) {
        throw unreadable(files.key);
    }
}

/// The request as it is when it leaves a host.
core::CertRequest without_other_files(const core::CertRequest& request, const MovedFiles& files) {
    const bool is_in_use = !request.directory.empty() && request.state == core::RequestState::assigned;
    if (!files.key_file || (is_in_use && !files.directory)) {
        throw Error{ErrorKind::conflict, fmt::format("the files of certificate request {} are on the host {}: not all "
                                                     "that it needs here is named",
                                                     request.number, quote(request.host))}
            .hint(is_in_use ? "name the key with --key, and the directory that servers read with --to"
                            : "name the key with --key");
    }
    auto left = request;
    left.csr_file.reset();
    if (!files.directory) {
        left.directory.clear();
    }
    return left;
}

}  // namespace

core::CertRequest with_moved_files(const core::CertRequest& request, const MovedFiles& files, const std::string& here,
                                   const pki::Secret& passphrase) {
    for (const auto& path : {files.key_file, files.csr_file, files.directory}) {
        core::refuse_unrecordable(path.value_or(""));
    }
    auto moved = core::has_files_elsewhere(request, here) ? without_other_files(request, files) : request;
    moved.host = here;
    if (files.key_file) {
        if (request.key_file.empty()) {
            throw Error{ErrorKind::conflict,
                        fmt::format("the key of certificate request {} lives on Windows", request.number)}
                .hint("leave --key out");
        }
        check_key(request, *files.key_file, passphrase);
        moved.key_file = *files.key_file;
    }
    if (files.csr_file) {
        if (request.csr.empty()) {
            throw Error{ErrorKind::conflict, fmt::format("certificate request {} has no CSR here", request.number)}
                .hint("leave --csr out");
        }
        check_csr(request, *files.csr_file);
        moved.csr_file = *files.csr_file;
    }
    if (files.directory) {
        if (request.directory.empty()) {
            throw Error{ErrorKind::conflict,
                        fmt::format("the files of certificate request {} were put nowhere", request.number)}
                .hint("`xmppfed cert assign NUMBER --to DIRECTORY` puts them somewhere; leave --to out");
        }
        if (is_no_directory(*files.directory)) {
            throw Error{ErrorKind::not_found, fmt::format("there is no directory {}", quote(*files.directory))}.hint(
                remedy(request, *files.directory));
        }
        moved.directory =
            fmt::format("{}/{}", *files.directory, request.directory.substr(request.directory.rfind('/') + 1));
        const auto certificate = certificate_of(request);
        refuse_other_files(look_at_files_in(moved.directory, moved, certificate), request, *files.directory);
        if (request.state == core::RequestState::assigned) {
            refuse_other_files(*look_at_assigned_files(moved, certificate), request, *files.directory);
        }
    }
    return moved;
}

}  // namespace xmppfed::app
