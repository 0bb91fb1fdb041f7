#include "app/cert/outdated_directories.hpp"

#include <algorithm>
#include <cerrno>
#include <optional>
#include <system_error>

#include <fmt/format.h>

#include "app/cert/certificate_directory.hpp"
#include "app/cert/request/request_key.hpp"
#include "app/cert/request/request_lookup.hpp"
#include "app/cert/request/secrets.hpp"
#include "core/cert/files/file_access.hpp"
#include "core/text/text.hpp"
#include "store/files/file.hpp"
#include "store/files/open_directory.hpp"

namespace xmppfed::app {

namespace {

using core::quote;
using Requests = std::vector<core::CertRequest>;

/// The public key of a key that can be read without a passphrase; empty otherwise.
std::string public_key_in(std::string_view pem) {
    try {
        return pki::KeyPair::from_pem(pem, {}).public_der();
    } catch (const core::Error&) {
        return {};
    }
}

/// Whether the key file of a request has the same key: by its octets, for it may be encrypted, or by what it opens.
bool has_copy(const core::CertRequest& request, std::string_view pem) {
    try {
        const auto copy = read_secret("the key file", request.key_file, longest_key_file);
        const auto public_key = public_key_in(pem);
        return copy.text() == pem || (!public_key.empty() && public_key_in(copy.text()) == public_key);
    } catch (const core::Error&) {
        return false;
    }
}

/// A numbered directory that may go.
class OutdatedDirectory {
  public:
    OutdatedDirectory(const store::OpenDirectory& directory, const Requests& requests)
        : directory_{directory}, requests_{requests} {}

    /// Why it must stay; empty when it may go.
    [[nodiscard]] std::string reason_to_stay() const {
        const auto fullchain = directory_.read(fullchain_name, longest_fullchain_file);
        const auto key = key_in(directory_);
        if ((!fullchain && store::is_taken(directory_.path_of(fullchain_name))) ||
            (!key && store::is_taken(directory_.path_of(key_name)))) {
            return "its files are not those that were written there";
        }
        const auto recorded = [&](const core::CertRequest& request) {
            return !fullchain || (request.certificate && recorded_texts(request).fullchain() == fullchain->text);
        };
        if (!std::ranges::any_of(requests_, recorded)) {
            return fmt::format("{} is not what is on record", fullchain_name);
        }
        if (!key) {
            return {};
        }
        if (std::ranges::any_of(requests_, [&](const auto& request) {
                return !request.key_file.empty() && store::identity_of(request.key_file) == key->identity;
            })) {
            return "it has the key file of a request";
        }
        const bool copied = std::ranges::any_of(requests_, [&](const auto& request) {
            return recorded(request) && !request.key_file.empty() && has_copy(request, key->text.text());
        });
        return copied ? std::string{} : "its key is not on record, or has no other copy";
    }

    /// What could not be deleted; empty when all is gone that was written.
    [[nodiscard]] std::string remove_files() const {
        for (const auto* name : {key_name, fullchain_name}) {
            if (!directory_.remove(name) && errno != ENOENT) {
                return fmt::format("{} cannot be deleted: {}", name, std::generic_category().message(errno));
            }
        }
        return {};
    }

  private:
    const store::OpenDirectory& directory_;
    const Requests& requests_;
};

/// Why a numbered directory stays; empty when it is gone, none when there was none of ours.
std::optional<std::string> remove_one(const store::OpenDirectory& above, const std::string& name,
                                      const Requests& requests) {
    const auto directory = above.find(name);
    if (!directory) {
        return std::nullopt;
    }
    const OutdatedDirectory outdated{*directory, requests};
    auto problem = outdated.reason_to_stay();
    if (problem.empty()) {
        problem = outdated.remove_files();
    }
    if (problem.empty() && !above.remove_directory(name) && errno != ENOENT) {
        problem = errno == ENOTEMPTY || errno == EEXIST
                      ? "other files are in it"
                      : fmt::format("it cannot be deleted: {}", std::generic_category().message(errno));
    }
    return problem;
}

}  // namespace

std::vector<std::string> remove_outdated(const std::string& directory, std::int64_t keep, const Requests& requests) {
    std::vector<std::string> notes;
    const auto path = store::directory_of(directory);
    const auto above = store::OpenDirectory::at(path);
    const auto in_use = CertificateDirectory::number_of(directory.substr(path.size() + 1));
    if (!above) {
        return notes;
    }
    // Somebody may have led it elsewhere meanwhile: what servers read must stay.
    const auto current = CertificateDirectory::target_of(path + "/current");
    for (const auto number : core::outdated(CertificateDirectory::numbers_in(path), in_use, keep)) {
        const auto name = std::to_string(number);
        if (current == above->path_of(name)) {
            continue;
        }
        std::optional<std::string> problem;
        try {
            problem = remove_one(*above, name, requests);
        } catch (const core::Error& error) {
            problem = error.message + (error.cause.empty() ? "" : ": " + error.cause);
        }
        if (problem) {
            notes.push_back(
                fmt::format("{} {}", quote(above->path_of(name)),
                            problem->empty() ? "is removed: it is older than --keep says" : "stays: " + *problem));
        }
    }
    return notes;
}

}  // namespace xmppfed::app
