#include "app/cert/reception.hpp"

#include <algorithm>
#include <iterator>
#include <span>

#include <fmt/format.h>

#include "app/cert/request_key.hpp"
#include "app/cert/request_lookup.hpp"
#include "core/cert/cert_lifecycle.hpp"
#include "core/cert/cert_match.hpp"
#include "core/cert/cert_rules.hpp"
#include "core/cert/retirement.hpp"
#include "core/field.hpp"
#include "core/pki/chain.hpp"
#include "core/rules.hpp"

namespace xmppfed::app {

namespace {

using core::Certificate;

core::Diagnostics key_mismatch(std::optional<std::int64_t> number) {
    return {core::make_diagnostic(
        core::rule::cert_key_mismatch, "key",
        number ? fmt::format("the certificate belongs to another key than that of certificate request {}", *number)
               : "the certificate belongs to another key than those of all requests",
        "`xmppfed cert list` shows the requests; for a key that lives on Windows name its request with --request")};
}

/// What there is to say when nothing that was given is between the certificate and its root.
void add_notes_on_chain(const core::Delivery& delivery, const Consignment& sent, std::vector<std::string>& notes) {
    const auto& [certificate, path, allowed] = delivery;
    const auto is_given = [&](const Certificate& it) {
        return std::ranges::find(sent.certificates, it.fingerprint, &Certificate::fingerprint) !=
               sent.certificates.end();
    };
    if (certificate.self_signed || std::ranges::any_of(path.chain, is_given)) {
        return;
    }
    const bool is_by_root = path.chain.empty() && path.has_root;
    if (is_by_root && sent.certificates.size() > 1) {
        notes.emplace_back("a root has issued this one: it is left out of the chain, for peers have it");
    } else if (sent.has_chain) {
        notes.emplace_back("no certificate of --chain has issued this one: they are left out");
    }
    if (!path.chain.empty()) {
        notes.emplace_back("the chain on record is kept");
    } else if (!path.has_root) {
        notes.emplace_back("servers will send it without a chain: if no root has issued it, add its issuer by --chain");
    }
}

/// Makes deliveries of what was sent, and judges them.
class Receiver {
  public:
    Receiver(store::Reader& reader, const Consignment& sent, std::chrono::sys_seconds now)
        : requests_{reader.cert_requests()}, sent_{sent}, needing_sasl_{dependents(reader)}, now_{now} {}

    [[nodiscard]] core::Delivery delivery(const core::CertRequest* request, const Certificate& certificate) const {
        auto pool = sent_.certificates;
        if (request != nullptr) {
            std::ranges::move(recorded_chains(*request, requests_), std::back_inserter(pool));
        }
        core::Delivery made{certificate, pki::best_path(certificate, pool, sent_.anchors, now_), {}};
        std::ranges::transform(sent_.allowed, std::back_inserter(made.allowed), core::canonical_or_as_is);
        return made;
    }

    [[nodiscard]] core::Diagnostics judge(const core::CertRequest* request, const core::Delivery& delivery) const {
        const auto needed = request == nullptr ? std::span<const core::CertName>{} : std::span{request->names};
        return core::judge(delivery, needed, needing_sasl_, now_);
    }

    [[nodiscard]] core::CertMatch match() const {
        return core::match_certificate(requests_, sent_.certificates, sent_.number,
                                       {public_key_of, [&](const auto* request, const Certificate& certificate) {
                                            return core::count(judge(request, delivery(request, certificate)),
                                                               core::Severity::error) == 0;
                                        }});
    }

  private:
    std::vector<core::CertRequest> requests_;
    const Consignment& sent_;
    std::vector<std::string> needing_sasl_;
    std::chrono::sys_seconds now_;
};

}  // namespace

Reception receive(store::Reader& reader, const Consignment& sent, std::chrono::sys_seconds now, std::string_view at) {
    if (sent.number) {
        (void)request_by_number(reader, *sent.number);
    }
    const Receiver receiver{reader, sent, now};
    const auto [request, certificate] = receiver.match();
    const auto delivery = receiver.delivery(request, *certificate);
    auto diagnostics = request == nullptr ? key_mismatch(sent.number) : core::Diagnostics{};
    std::ranges::move(receiver.judge(request, delivery), std::back_inserter(diagnostics));
    if (request != nullptr) {
        core::name_request(diagnostics, *request);
    }
    Reception reception;
    auto& [changes, shown] = reception;
    if (request != nullptr && core::count(diagnostics, core::Severity::error) == 0) {
        changes = core::import_certificate(*request, delivery, at);
        core::refuse_retired(*request, *certificate, reader.cert_requests(), known_key_of);
        shown = changes.requests.empty() ? *request : changes.requests.front().after;
    }
    add_notes_on_chain(delivery, sent, changes.notes);
    changes.diagnostics = std::move(diagnostics);
    return reception;
}

}  // namespace xmppfed::app
