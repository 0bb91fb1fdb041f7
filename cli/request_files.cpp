#include "cli/request_files.hpp"

#include <fmt/format.h>

#include "core/text.hpp"
#include "core/timestamp.hpp"

namespace xmppfed::cli {

using core::Error;
using core::ErrorKind;

void refuse_taken(const RequestPaths& paths) {
    if (paths.key_is_new && store::is_taken(paths.key)) {
        throw Error{ErrorKind::conflict, fmt::format("the key file {} exists already, and a key is never overwritten",
                                                     core::quote(paths.key))}
            .hint(
                "name another file with --key-out, use the key that is there with --key, or renew its request with "
                "--renew");
    }
    const bool replaces = paths.existing_csr == store::Existing::replace;
    if (paths.csr && !replaces && store::is_taken(*paths.csr)) {
        throw Error{ErrorKind::conflict, fmt::format("the CSR file {} exists already", core::quote(*paths.csr))}.hint(
            "name another file with --out, or replace it with --force");
    }
}

void RequestFiles::announce() {
    const auto writer = context_.store().write();
    writer->announce_key(paths_.key, core::timestamp(context_.world().now()));
    writer->commit();
    announced_ = true;
}

void RequestFiles::write(const pki::Secret& key_pem, const std::string& csr) {
    if (paths_.key_is_new) {
        announce();
        key_ = std::make_unique<store::NewFile>("the key file", paths_.key, store::private_file);
        key_->write(key_pem.text());
        key_->publish();
    }
    if (paths_.csr) {
        csr_ = std::make_unique<store::NewFile>("the CSR file", *paths_.csr, store::public_file, paths_.existing_csr);
        csr_->write(csr);
        csr_->publish();
    } else {
        context_.out().write(csr);
        context_.out().flush();  // a request whose CSR nobody got is not recorded
    }
}

void RequestFiles::keep() {
    if (key_) {
        key_->keep();
    }
    if (csr_) {
        csr_->keep();
    }
    announced_ = false;  // recording the request took it back
}

RequestFiles::~RequestFiles() {
    key_.reset();
    csr_.reset();
    if (announced_) {
        try {
            const auto writer = context_.store().write();
            writer->forget_key(paths_.key);
            writer->commit();
        } catch (
            const std::exception&) {  // NOLINT(bugprone-empty-catch): the failure that led here is the one to report
        }
    }
}

}  // namespace xmppfed::cli
