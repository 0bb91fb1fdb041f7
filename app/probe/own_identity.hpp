#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/book.hpp"
#include "core/probe/probe_judgement.hpp"
#include "net/stream/tls_identity.hpp"
#include "store/store.hpp"

namespace xmppfed::app {

/// Which certificate we present.
struct IdentityWish {
    std::optional<std::string> certificate_file;  ///< with the chain behind it
    std::optional<std::string> key_file;
    bool none = false;
};

/// What we present, and what is to be said of it.
struct OwnIdentity {
    net::TlsIdentity tls;
    core::OwnCertificate state = core::OwnCertificate::none;
    std::string issuer = {};             ///< RFC 4514; empty without a certificate
    std::string not_after = {};          ///< as `timestamp` writes it
    std::string file = {};               ///< where it came from
    std::string note = {};               ///< for the user; or ""
    core::Diagnostics diagnostics = {};  ///< what is wrong with it, where it is unsound
};

/// The certificate of the files, else the one in use when its key can be read, else none and a note. `from` is the domain
/// that it speaks for, and `reader` one of the book's. Throws not-found, and a refusal by `cert-key-mismatch` when the files
/// do not go together.
[[nodiscard]] OwnIdentity own_identity(store::Reader& reader, const Book& book, const IdentityWish& wish,
                                       const std::string& from);

}  // namespace xmppfed::app
