#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/cert/cert_request.hpp"
#include "core/pki/key.hpp"
#include "store/files/open_directory.hpp"

namespace xmppfed::app {

/// Throws a conflict for a key file that another living request uses, or that is a symbolic link, of which only the link
/// would go.
void refuse_shared_key(const core::CertRequest& request, const std::vector<core::CertRequest>& all);

/// The key file of a request, found to hold the key that the CSR was made with: a path in the store is no permission to
/// delete what it leads to. Its directory is held open, and the file is known by its identity.
class KeyDeletion {
  public:
    /// None when nothing is there. Throws a conflict for what is no regular file or another key, a usage error for an
    /// encrypted key without a passphrase, and failed for what holds no key that could be compared.
    [[nodiscard]] static std::optional<KeyDeletion> of(const core::CertRequest& request, const pki::Secret& passphrase);

    /// Deletes the file that was looked at, after the request is cancelled. Throws failed when it cannot, or when another
    /// file is in its place by now, which stays.
    void carry_out() const;

  private:
    KeyDeletion(std::string path, store::OpenDirectory directory, store::FileIdentity identity)
        : path_{std::move(path)},
          directory_{std::make_shared<const store::OpenDirectory>(std::move(directory))},
          identity_{identity} {}

    std::string path_;
    std::shared_ptr<const store::OpenDirectory> directory_;
    store::FileIdentity identity_;
};

}  // namespace xmppfed::app
