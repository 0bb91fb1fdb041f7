#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <vector>

#include "core/cert/certificate.hpp"

namespace xmppfed::pki {

class Anchors;

/// What is trusted, made ready once for any number of ways: a system has more than a hundred roots.
class TrustStore {
  public:
    /// Throws `core::Error` of kind failed when a certificate cannot be read again.
    explicit TrustStore(std::vector<core::Certificate> certificates);
    TrustStore(const TrustStore&) = delete;
    TrustStore& operator=(const TrustStore&) = delete;
    TrustStore(TrustStore&& other) noexcept;
    TrustStore& operator=(TrustStore&& other) noexcept;
    ~TrustStore();

    [[nodiscard]] const std::vector<core::Certificate>& certificates() const { return certificates_; }
    [[nodiscard]] const Anchors* anchors() const { return anchors_.get(); }  ///< null where nothing is trusted

  private:
    std::vector<core::Certificate> certificates_;
    std::unique_ptr<const Anchors> anchors_;
};

/// The best way from the leaf over certificates of `pool`, in whatever order they come, to one of the `anchors`. All
/// ways are tried, each by OpenSSL's own verification: one that it takes goes before one that it refuses, then one
/// whose certificates are within their dates, whose purposes allow servers and clients, whose root is known, better
/// within its dates; of equal ones the one that lasts longest, then the shortest. Roots, which signed themselves, are
/// left out of the chain (RFC 8446 4.4.2), and so is what leads nowhere.
///
/// Of the anchors those count that signed themselves; where none did, every CA does. Without anchors the last CA of
/// each way is taken for trusted. The leaf's own dates, key, signature, usages and form are left to the rules.
///
/// Throws `core::Error` of kind failed when a certificate cannot be read again.
[[nodiscard]] core::CertPath best_path(const core::Certificate& leaf, std::span<const core::Certificate> pool,
                                       std::span<const core::Certificate> anchors, std::chrono::sys_seconds now);
[[nodiscard]] core::CertPath best_path(const core::Certificate& leaf, std::span<const core::Certificate> pool,
                                       const TrustStore& trusted, std::chrono::sys_seconds now);

}  // namespace xmppfed::pki
