#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/cert/request/request_order.hpp"
#include "app/commit.hpp"
#include "core/cert/cert_request.hpp"
#include "store/files/file.hpp"

namespace xmppfed::app {

/// Takes a request that goes into no file; throws when nobody gets it.
using HandOver = std::function<void(const std::string& text)>;

/// Prepares a certificate request: plans its names, makes its key and its CSR, writes both and records it. What fails
/// takes the files with it. Once there are files, signals that end the program wait until this goes.
class RequestPreparation {
  public:
    /// Plans the request for the edge as it is. Throws not-found when there is no request to renew, and a refusal when the
    /// edge or the names are unsound, or the files are taken.
    RequestPreparation(Book& book, RequestOrder order);

    /// A text for Windows that is handed over is for `medium`.
    [[nodiscard]] Settled commit(const HandOver& hand_over, core::Medium medium);

    [[nodiscard]] const core::CertRequest& request() const { return request_; }
    [[nodiscard]] const core::Diagnostics& diagnostics() const { return plan_.diagnostics; }

  private:
    void plan(store::Reader& reader);
    void renew(const core::CertRequest& before);
    [[nodiscard]] core::ChangeSet decide(store::Reader& reader, std::string_view now);
    [[nodiscard]] Settled record(const std::function<void()>& keep = {});
    [[nodiscard]] Settled make(const HandOver& hand_over);
    [[nodiscard]] Settled prepare_on_windows(const HandOver& hand_over, core::Medium medium);

    Book& book_;
    RequestOrder order_;
    core::Edge edge_;
    core::RequestPlan plan_;
    RequestPaths paths_;
    core::CertRequest request_;
    std::string reused_key_;                    ///< the public key that must be found in the key file, in DER; or empty
    std::vector<std::string> notes_;            ///< what a renewal changes
    std::optional<RequestFiles> files_;         ///< of a key that is made here
    std::optional<store::NewFile> order_form_;  ///< for a key that is made on Windows
};

}  // namespace xmppfed::app
