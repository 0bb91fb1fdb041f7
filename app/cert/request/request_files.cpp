#include "app/cert/request/request_files.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "app/cert/request/secrets.hpp"
#include "core/text/text.hpp"

namespace xmppfed::app {

using core::Error;
using core::ErrorKind;

namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_csr_file = std::size_t{16} * 1024 * 1024;

/// Whether --force may replace what is there: a request, or an empty file; never what holds a key.
bool is_replaceable(const std::string& path) {
    std::error_code failed;
    if (!fs::is_regular_file(fs::symlink_status(path, failed))) {
        return false;
    }
    const auto file = read_secret("the CSR file", path, longest_csr_file);  // or a key
    const auto content = file.text();
    return content.empty() || (content.find("CERTIFICATE REQUEST-----") != std::string::npos &&
                               content.find("PRIVATE KEY-----") == std::string::npos);
}

/// The same of what may be no file that can be read.
bool seems_replaceable(const std::string& path) {
    try {
        return is_replaceable(path);
    } catch (const Error&) {
        return false;
    }
}

void refuse_store(const std::string& what, const std::string& path, const store::Site& store) {
    if (store.includes(path)) {
        throw Error{ErrorKind::conflict, fmt::format("{} would be {}, which belongs to the store and exists already or "
                                                     "may at any time",
                                                     what, core::quote(path))}
            .hint("name a file that does not exist yet");
    }
}

}  // namespace

void refuse_taken(const RequestPaths& paths, const store::Site& store) {
    if (paths.csr && store::resolved(*paths.csr) == store::resolved(paths.key)) {
        throw Error{ErrorKind::usage, fmt::format("the CSR and the key would both be {}", core::quote(paths.key))}.hint(
            "name two files with --out and --key-out");
    }
    if (paths.key_is_new) {
        refuse_store("the key file", paths.key, store);
    }
    if (paths.csr) {
        refuse_store("the CSR file", *paths.csr, store);
    }
    if (paths.key_is_new && store::is_taken(paths.key)) {
        throw Error{ErrorKind::conflict, fmt::format("the key file {} exists already, and a key is never overwritten",
                                                     core::quote(paths.key))}
            .hint(fmt::format("name another file with --key-out, use the key that is there with --key, or renew its "
                              "request with --renew {}",
                              paths.key_request ? fmt::to_string(*paths.key_request) : "N"));
    }
    if (!paths.csr || !store::is_taken(*paths.csr)) {
        return;
    }
    if (paths.existing_csr == store::Existing::refuse) {
        const bool on_windows = paths.key.empty();
        throw Error{ErrorKind::conflict, fmt::format("the {} file {} exists already", on_windows ? "request" : "CSR",
                                                     core::quote(*paths.csr))}
            .hint(on_windows || !seems_replaceable(*paths.csr)
                      ? "name another file with --out"
                      : "name another file with --out, or replace it with --force");
    }
    if (!is_replaceable(*paths.csr)) {
        throw Error{ErrorKind::conflict, fmt::format("{} exists already and is no certificate request, and --force "
                                                     "replaces nothing else",
                                                     core::quote(*paths.csr))}
            .hint("name another file with --out");
    }
}

void refuse_unwritable(const RequestPaths& paths) {
    if (paths.key_is_new) {
        store::refuse_unwritable("the key file", paths.key);
    }
    if (paths.csr) {
        store::refuse_unwritable("the CSR file", *paths.csr);
    }
}

void RequestFiles::write(const pki::Secret& key_pem, const std::string& csr,
                         const std::function<void(const std::string&)>& take) {
    if (paths_.key_is_new) {
        announcement_.emplace(book_, paths_.key);
        key_ = std::make_unique<store::NewFile>("the key file", paths_.key, store::private_file);
        key_->write(key_pem.text());
        key_->publish();
    }
    if (paths_.csr) {
        csr_ = std::make_unique<store::NewFile>("the CSR file", *paths_.csr, store::public_file, paths_.existing_csr);
        csr_->write(csr);
        csr_->publish();
    } else {
        take(csr);
    }
    if (book_.circumstances().interrupted()) {
        throw Error{ErrorKind::failed, "interrupted; nothing was changed"};
    }
}

void RequestFiles::keep() {
    if (key_) {
        key_->keep();
    }
    if (csr_) {
        csr_->keep();
    }
    if (announcement_) {
        announcement_->settle();
    }
}

}  // namespace xmppfed::app
