#include "app/cert/key_deletion.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "app/cert/request/request_key.hpp"
#include "core/error.hpp"
#include "core/text/text.hpp"
#include "store/files/file.hpp"

namespace xmppfed::app {

namespace {

using core::Error;
using core::ErrorKind;
using core::quote;

/// Whether two paths lead to one file, however they are spelt.
bool is_same_file(const std::string& one, const std::string& other) {
    std::error_code failed;  // one of them is not there
    return one == other || (std::filesystem::equivalent(one, other, failed) && !failed);
}

std::string name_in(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

bool has_key_of(const core::CertRequest& request, const pki::Secret& pem, const pki::Secret& passphrase) {
    try {
        return is_key_of(request, pem, passphrase);
    } catch (const Error& failure) {
        Error error{failure.kind, fmt::format("the key file {} cannot be compared with certificate request {}",
                                              quote(request.key_file), request.number)};
        error.cause = failure.message + (failure.cause.empty() ? "" : ": " + failure.cause);
        error.hints = failure.hints;
        throw std::move(error).hint("or leave --delete-key out");
    }
}

}  // namespace

void refuse_shared_key(const core::CertRequest& request, const std::vector<core::CertRequest>& all) {
    std::error_code failed;
    if (std::filesystem::is_symlink(request.key_file, failed)) {
        throw Error{ErrorKind::conflict, fmt::format("the key file {} is a symbolic link", quote(request.key_file))}
            .hint("leave --delete-key out, and delete what it leads to by hand");
    }
    const auto other = std::ranges::find_if(all, [&](const core::CertRequest& it) {
        return it.number != request.number && it.state != core::RequestState::cancelled &&
               is_same_file(it.key_file, request.key_file);
    });
    if (other != all.end()) {
        throw Error{ErrorKind::conflict, fmt::format("the key file {} is also that of certificate request {}",
                                                     quote(request.key_file), other->number)}
            .hint("leave --delete-key out");
    }
}

std::optional<KeyDeletion> KeyDeletion::of(const core::CertRequest& request, const pki::Secret& passphrase) {
    auto directory = store::OpenDirectory::at(store::directory_of(request.key_file));
    auto file = directory ? directory->read(name_in(request.key_file), longest_key_file) : std::nullopt;
    if (!file) {
        if (!store::is_taken(request.key_file)) {
            return std::nullopt;
        }
        throw Error{ErrorKind::conflict, fmt::format("{} is not a regular file", quote(request.key_file))}.hint(
            "leave --delete-key out");
    }
    if (!has_key_of(request, pki::Secret{std::move(file->text)}, passphrase)) {
        throw Error{ErrorKind::conflict, fmt::format("{} does not have the key of certificate request {}",
                                                     quote(request.key_file), request.number)}
            .hint("leave --delete-key out, and look at the file: it may be another's key");
    }
    return KeyDeletion{request.key_file, std::move(*directory), file->identity};
}

void KeyDeletion::carry_out() const {
    const auto name = name_in(path_);
    if (directory_->identity_of(name) != identity_) {
        throw Error{
            ErrorKind::failed,
            fmt::format("the request is cancelled, but the key file {} was replaced meanwhile and stays", quote(path_))}
            .hint("look at it, and delete it by hand");
    }
    if (!directory_->remove(name)) {
        throw store::system_failure(
            ErrorKind::failed,
            fmt::format("the request is cancelled, but the key file {} cannot be deleted", quote(path_)), errno)
            .hint("delete it by hand");
    }
}

}  // namespace xmppfed::app
