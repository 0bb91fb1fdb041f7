#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/cert/certificate_directory.hpp"
#include "app/cert/request/key_announcement.hpp"
#include "app/cert/request/request_key.hpp"
#include "app/commit.hpp"
#include "core/cert/cert_request.hpp"
#include "core/cert/files/file_access.hpp"
#include "core/pki/secret.hpp"

namespace xmppfed::app {

/// The directory that holds the numbered ones for servers.
struct Destination {
    std::string path;          ///< absolute; empty for a key that lives on Windows
    bool is_named = false;     ///< by the user
    bool is_recorded = false;  ///< by the store
    bool is_agreed = false;    ///< it may be used whatever others may do there
};

/// Where to put what the user names no directory for: where the one that is in use or was assigned last is on this host,
/// else beside the store, or, for one that several hosts share, among the user's own files.
[[nodiscard]] Destination find_destination(const Book& book, const std::vector<core::CertRequest>& all);

/// What is to be put to use, and where.
struct AssignmentOrder {
    std::int64_t request = 0;
    core::AccessWish access;
    Destination destination;  ///< as it was found before
};

/// Makes an imported certificate the one in use: its files, then the link to them, then the commit. Unless that is
/// durable, or may be, destruction takes the files back. Once there are files, signals that end the program wait until
/// `release`.
class Assignment {
  public:
    /// `passphrase` opens an encrypted key, and must outlive this.
    Assignment(Book& book, AssignmentOrder order, const pki::Secret& passphrase)
        : book_{book}, order_{std::move(order)}, passphrase_{passphrase} {}

    /// Throws not-found when there is no such request, and a conflict where it has no certificate yet or the store leads
    /// to another destination by now.
    [[nodiscard]] Settled commit();

    /// The request as it was before.
    [[nodiscard]] const core::CertRequest& request() const { return work_.request; }

    /// Null for a key that lives on Windows, and after `release`.
    [[nodiscard]] const CertificateDirectory* files() const { return work_.files ? &*work_.files : nullptr; }

    /// Signals take effect again.
    void release() { work_.files.reset(); }

    /// After the commit: as `remove_outdated`, where there is a directory.
    [[nodiscard]] std::vector<std::string> remove_outdated(std::int64_t keep) const;

  private:
    /// What is worked with from the decision to the end.
    struct Work {
        core::CertRequest request;
        std::vector<core::CertRequest> all;
        std::optional<RequestKey> key;
        std::optional<CertificateDirectory> files;  ///< none for a key that lives on Windows
        std::string place;                          ///< the numbered directory, or empty
    };

    [[nodiscard]] core::ChangeSet decide(store::Reader& reader, std::string_view now, Work& work) const;
    [[nodiscard]] bool is_in_use(const core::Certificate& certificate, Work& work) const;
    [[nodiscard]] bool is_first_pair() const;

    Book& book_;
    AssignmentOrder order_;
    const pki::Secret& passphrase_;
    std::optional<KeyAnnouncement> announcement_;
    Work work_;  // goes before the announcement
};

}  // namespace xmppfed::app
