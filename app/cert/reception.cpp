#include "app/cert/reception.hpp"

#include <algorithm>
#include <iterator>
#include <span>

#include <fmt/format.h>

#include "app/cert/request/request_key.hpp"
#include "app/cert/request/request_lookup.hpp"
#include "core/cert/cert_lifecycle.hpp"
#include "core/cert/cert_match.hpp"
#include "core/cert/cert_name_rules.hpp"
#include "core/cert/cert_rules.hpp"
#include "core/cert/retirement.hpp"
#include "core/field/field.hpp"
#include "core/pki/chain.hpp"
#include "core/rule/rules.hpp"
#include "core/text/text.hpp"

namespace xmppfed::app {

namespace {

using core::Certificate;

/// What to do about a certificate that is no request's.
std::string hint_at_requests(const std::vector<core::CertRequest>& requests, const core::PublicKey& key) {
    const auto lives_on_windows = [](const core::CertRequest& request) { return request.csr.empty(); };
    const auto fits = [&](const core::CertRequest& request) {
        return lives_on_windows(request) && key.kind && key.kind->algorithm == request.key.algorithm;
    };
    if (std::ranges::any_of(requests, fits)) {
        return "`xmppfed cert list` shows the requests; for a key that lives on Windows name its request with "
               "--request";
    }
    const auto waiting = std::ranges::find_if(requests, [&](const core::CertRequest& request) {
        return lives_on_windows(request) && request.state == core::RequestState::pending;
    });
    if (waiting == requests.end()) {
        return "`xmppfed cert list` shows the requests; give the certificate that was issued for one of them";
    }
    return fmt::format(
        "certificate request {}, whose key lives on Windows, asks for another kind of key ({}, and this one is {}): "
        "import the one that was issued for it, or make a request for such a key with --bits or --curve",
        waiting->number, core::describe(waiting->key), core::escape(key.description));
}

/// Why a certificate is none of a request's, or of no request's.
core::Diagnostics key_mismatch(const std::vector<core::CertRequest>& requests, std::optional<std::int64_t> number,
                               const Certificate& certificate) {
    std::string message = "the certificate belongs to another key than those of all requests";
    auto hint = hint_at_requests(requests, certificate.key);
    const auto named = std::ranges::find(requests, number.value_or(0), &core::CertRequest::number);
    if (requests.empty()) {
        message = "the certificate belongs to no request: none is on record";
        hint = "`xmppfed cert request` makes one, and `xmppfed cert check FILE` judges any certificate";
    } else if (named != requests.end() && named->csr.empty()) {
        message = fmt::format("the certificate has a key of another kind than certificate request {} asks for: {}",
                              named->number, core::escape(certificate.key.description));
        hint = "import the one that was issued for it, or make a request for such a key with --bits or --curve";
    } else if (named != requests.end()) {
        message =
            fmt::format("the certificate belongs to another key than that of certificate request {}", named->number);
        hint = "`xmppfed cert list` shows the requests; without --request it is found by the key";
    }
    return {core::make_diagnostic(core::rule::cert_key_mismatch, "key", std::move(message), std::move(hint))};
}

/// Where several requests have the key, a name may be missing since another one is meant.
void hint_at_rivals(const std::vector<std::int64_t>& rivals, core::Diagnostics& diagnostics) {
    for (auto& diagnostic : diagnostics) {
        if (!rivals.empty() && diagnostic.rule == &core::rule::cert_name_missing) {
            diagnostic.hint = fmt::format("{} the same key: name the one that it was issued for with --request",
                                          core::requests_have(rivals));
        }
    }
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
        return {certificate, pki::best_path(certificate, pool, sent_.anchors, now_), allowed()};
    }

    [[nodiscard]] core::Diagnostics judge(const core::CertRequest* request, const core::Delivery& delivery) const {
        const auto needed = request == nullptr ? std::span<const core::CertName>{} : std::span{request->names};
        return core::judge(delivery, needed, needing_sasl_, now_);
    }

    [[nodiscard]] core::CertMatch match() const {
        const auto is_sound = [&](const core::CertRequest* request, const Certificate& certificate) {
            return core::count(judge(request, delivery(request, certificate)), core::Severity::error) == 0;
        };
        const auto has_names = [&](const core::CertRequest& request, const Certificate& certificate) {
            const auto found = core::check_names(certificate.names, request.names, allowed());
            return core::count(found, core::Severity::error) == 0;
        };
        return core::match_certificate(requests_, sent_.certificates, sent_.number,
                                       {.key_of = public_key_of, .is_sound = is_sound, .has_names = has_names});
    }

    [[nodiscard]] core::Diagnostics mismatch(const Certificate& certificate) const {
        return key_mismatch(requests_, sent_.number, certificate);
    }

  private:
    [[nodiscard]] std::vector<std::string> allowed() const {
        std::vector<std::string> canonical;
        std::ranges::transform(sent_.allowed, std::back_inserter(canonical), core::canonical_or_as_is);
        return canonical;
    }

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
    const auto [request, certificate, rivals] = receiver.match();
    const auto delivery = receiver.delivery(request, *certificate);
    auto diagnostics = request == nullptr ? receiver.mismatch(*certificate) : core::Diagnostics{};
    std::ranges::move(receiver.judge(request, delivery), std::back_inserter(diagnostics));
    hint_at_rivals(rivals, diagnostics);
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
