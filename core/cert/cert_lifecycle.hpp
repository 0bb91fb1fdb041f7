#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/cert/cert_request.hpp"
#include "core/cert/cert_rules.hpp"
#include "core/cert/certificate.hpp"
#include "core/change_set.hpp"
#include "core/error.hpp"

/// How a certificate request goes on from pending to issued, assigned and replaced, or to cancelled. Each function
/// gives the commit, and throws a conflict where the state of the request does not allow it.
namespace xmppfed::core {

/// A certificate and what came with it.
struct Delivery {
    Certificate certificate;
    CertPath path;                     ///< what leads up from it
    std::vector<std::string> allowed;  ///< requested names that it may lack, canonical
};

/// `cert-expired`, `cert-not-yet-valid` and `cert-expires-soon` of a certificate and of each of its chain.
[[nodiscard]] Diagnostics check_path_dates(const Delivery& delivery, std::chrono::sys_seconds now, Days warn);

/// `cert-chain-incomplete`, as an info, when nothing is known to lead from a certificate to a root: it may be that a
/// root has issued it, and that no chain is needed.
[[nodiscard]] Diagnostics check_chain_on_record(const Delivery& delivery);

/// When the first of a certificate and its chain expires.
[[nodiscard]] std::chrono::sys_seconds earliest_end(const Delivery& delivery);

/// The diagnostics of every rule on an issued certificate, for a request of the `needed` names.
[[nodiscard]] Diagnostics judge(const Delivery& delivery, std::span<const CertName> needed,
                                const std::vector<std::string>& dependents, std::chrono::sys_seconds now);

/// Records the certificate of a request that is pending or issued, or another chain of the one in use. The same again
/// changes nothing.
[[nodiscard]] ChangeSet import_certificate(const CertRequest& request, const Delivery& delivery, std::string_view now);

/// Makes the certificate of a request the one in use; the one that `all` has in use is replaced. `directory` is where
/// its files are, or empty.
[[nodiscard]] ChangeSet assign_certificate(const CertRequest& request, const std::vector<CertRequest>& all,
                                           const std::string& directory, std::string_view now);

/// The pending request that asks for just what `wanted` does: all that is recorded but number,
/// time and host is the same.
/// Null when there is none.
[[nodiscard]] const CertRequest* pending_twin(std::span<const CertRequest> all, CertRequest wanted);

/// Drops a pending request.
[[nodiscard]] ChangeSet cancel_request(const CertRequest& request);

/// The request whose certificate servers use: the one that is assigned, or was when it was retired, and stays in use
/// until another is assigned. Null when there is none.
[[nodiscard]] const CertRequest* request_in_use(std::span<const CertRequest> all);

/// Records other places of a request's files. The same places change nothing.
[[nodiscard]] ChangeSet move_files(const CertRequest& request, const CertRequest& moved);

/// "certificate request 2 has", "certificate requests 2, 3 have": how a sentence on them begins.
[[nodiscard]] std::string requests_have(std::span<const std::int64_t> numbers);

/// The conflict that the state of a request is.
[[nodiscard]] Error wrong_state(const CertRequest& request, std::string_view hint);

/// Whether the certificate of a request may be put to use, or an error that says what is missing.
void refuse_unissued(const CertRequest& request);

/// What a renewal changes: a note for the names that come, and one for those that go.
[[nodiscard]] std::vector<std::string> differences(const CertRequest& before, const RequestPlan& after);

}  // namespace xmppfed::core
