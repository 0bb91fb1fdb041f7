#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "app/cert/request/key_announcement.hpp"
#include "app/held_signals.hpp"
#include "core/pki/key.hpp"
#include "store/files/file.hpp"
#include "store/site.hpp"

namespace xmppfed::app {

/// Where a request's key and CSR go.
struct RequestPaths {
    std::optional<std::string> csr;  ///< absolute; none: it is handed over
    std::string key;                 ///< absolute; empty: it is made on Windows
    bool key_is_new = true;          ///< otherwise it exists and is only read
    store::Existing existing_csr = store::Existing::refuse;
    std::optional<std::int64_t> key_request = {};  ///< the latest request on record that has the file of a new key
};

/// Throws a usage error when both files are one, a conflict when a file to be written exists and may not be replaced, or
/// belongs to the store. Before a key is made for nothing.
void refuse_taken(const RequestPaths& paths, const store::Site& store);

/// Throws when a file to be written has no directory that it can be written into.
void refuse_unwritable(const RequestPaths& paths);

/// The files of a request in the making. A new key is announced in the store before its file is made, so that a key is
/// never lost without a trace; unless `keep` is called, destruction removes the files and takes the announcement back.
/// Signals that end the program are held back as long as it lives.
class RequestFiles {
  public:
    RequestFiles(Book& book, RequestPaths paths) : book_{book}, paths_{std::move(paths)} {}
    RequestFiles(const RequestFiles&) = delete;
    RequestFiles& operator=(const RequestFiles&) = delete;
    ~RequestFiles() = default;

    /// Writes the key first, for a CSR without its key is worth nothing. A CSR that goes into no file is handed over to
    /// `take`, which throws when nobody gets it. Throws failed when somebody has interrupted the work meanwhile.
    void write(const pki::Secret& key_pem, const std::string& csr, const std::function<void(const std::string&)>& take);

    /// The request is recorded, or may be: the files stay.
    void keep();

  private:
    HeldSignals signals_;  // the last to go: what ends the program waits until the files are as they should be
    Book& book_;
    RequestPaths paths_;
    std::optional<KeyAnnouncement> announcement_;  // goes after the files
    std::unique_ptr<store::NewFile> key_;
    std::unique_ptr<store::NewFile> csr_;
};

}  // namespace xmppfed::app
