#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/cert/cert_request.hpp"
#include "core/cert/certificate.hpp"
#include "core/change_set.hpp"
#include "store/store.hpp"

namespace xmppfed::app {

/// What a CA has sent.
struct Consignment {
    std::vector<core::Certificate>
        certificates;                        ///< at least one: those of the certificate's file, then of the chain's
    bool has_chain = false;                  ///< a file of its own was named for the chain
    std::vector<core::Certificate> anchors;  ///< that the chain must lead to; empty: any root
    std::vector<std::string> allowed;        ///< requested names that may be missing, as somebody typed them
    std::optional<std::int64_t> number;      ///< of the request; none: found by the public key
};

/// What is to become of it.
struct Reception {
    core::ChangeSet changes;
    core::CertRequest request;  ///< that the certificate is for, as it will be; empty when the diagnostics refuse it
};

/// Finds the request that a certificate was issued for, and decides whether it is recorded as its certificate. `at` is
/// `now` as the history has it. Throws not-found for a number that no request has, and a conflict where the state of the
/// request takes no certificate.
[[nodiscard]] Reception receive(store::Reader& reader, const Consignment& sent, std::chrono::sys_seconds now,
                                std::string_view at);

}  // namespace xmppfed::app
