#include "app/cert/request/request_preparation.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "app/cert/request/request_key.hpp"
#include "app/cert/request/request_lookup.hpp"
#include "core/cert/cert_lifecycle.hpp"
#include "core/cert/cert_rules.hpp"
#include "core/cert/files/file_host.hpp"
#include "core/pki/csr.hpp"
#include "core/refusal.hpp"
#include "core/rule/rules.hpp"
#include "core/text/text.hpp"

namespace xmppfed::app {

namespace {

using core::Error;
using core::ErrorKind;

/// The request that is made again. Its key may be on Windows only where the new one's is too.
core::CertRequest renewed(store::Reader& reader, const RequestOrder& order) {
    auto request = request_by_number(reader, *order.renews);
    if (request.key_file.empty() && !order.on_windows()) {
        throw Error{ErrorKind::usage, fmt::format("the key of certificate request {} lives on Windows", request.number)}
            .hint("add --format inf or --format powershell, or make a request without --renew");
    }
    return request;
}

bool has_only_ascii(std::string_view text) {
    return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) > 0x7F; });
}

}  // namespace

RequestPreparation::RequestPreparation(Book& book, RequestOrder order) : book_{book}, order_{std::move(order)} {
    plan(*book_.store().read());
    core::refuse_unsound(plan_.diagnostics, book_.circumstances().strict);
    paths_ = paths_of(order_, edge_);
    if (paths_.key_is_new) {
        paths_.key_request = recorded_with(*book_.store().read(), paths_.key, book_.host());
    }
    request_ = described(order_, edge_, paths_);
    request_.subject = std::move(plan_.subject);
    request_.names = std::move(plan_.names);
    request_.host = book_.host();
    refuse_taken(paths_, *book_.site());
    refuse_unwritable(paths_);
}

void RequestPreparation::plan(store::Reader& reader) {
    edge_ = reader.edge();
    core::refuse_unsound(core::judge(edge_, {}), /*strict=*/false);  // past the program anything can be written
    std::optional<core::CertRequest> before;
    if (order_.renews) {
        before = renewed(reader, order_);
        if (order_.reuses_key) {
            core::refuse_files_elsewhere(*before, book_.host());
        }
        take_over(order_, *before, edge_, reader.next_request_number());
    }
    plan_ = core::plan_request(edge_, take_wish(order_), dependents(reader));
    if (before) {
        renew(*before);
    }
}

void RequestPreparation::renew(const core::CertRequest& before) {
    notes_ = core::differences(before, plan_);
    // A renewal takes everything over but the passphrase, which is nowhere.
    const bool makes_plain_key = order_.makes_key() && !order_.passphrase && !order_.on_windows();
    const bool is_here = !core::has_files_elsewhere(before, book_.host());
    if (makes_plain_key && is_here && look_at_key(before) == KeyFileState::encrypted) {
        notes_.push_back(
            fmt::format("the key of request {} is encrypted, and the new one is not: --key-passphrase-file encrypts it",
                        before.number));
    }
    reused_key_ = order_.reuses_key ? public_key_of(before) : std::string{};
}

Settled RequestPreparation::commit(const HandOver& hand_over, core::Medium medium) {
    if (order_.on_windows()) {
        return prepare_on_windows(hand_over, medium);
    }
    if (book_.circumstances().dry_run && order_.makes_key()) {
        (void)order_.read_passphrase();  // fails as it would for a real request
        return record();                 // a key that nobody keeps is not made
    }
    return make(hand_over);
}

/// Records the request if the edge is still what it was made for. What Windows makes the key from may be written any
/// number of times: it is one request as long as it asks for the same.
core::ChangeSet RequestPreparation::decide(store::Reader& reader, std::string_view now) {
    if (reader.edge() != edge_) {
        throw Error{ErrorKind::conflict, "somebody changed the edge meanwhile"}.hint("run the command again");
    }
    core::ChangeSet changes;
    changes.diagnostics = plan_.diagnostics;
    changes.notes = notes_;
    if (order_.on_windows()) {
        const auto requests = reader.cert_requests();
        if (const auto* const twin = core::pending_twin(requests, request_)) {
            request_ = *twin;
            changes.notes.push_back(fmt::format(
                "certificate request {} asks for the same and is pending: no other is recorded", twin->number));
            return changes;
        }
    }
    request_.number = reader.next_request_number();
    request_.created_at = now;
    changes.requests.emplace_back().after = request_;  // one copy: there may be thousands of names
    return changes;
}

/// `keep` is called when its files must stay.
Settled RequestPreparation::record(const std::function<void()>& keep) {
    return app::commit(book_, [this](store::Reader& reader, std::string_view now) { return decide(reader, now); },
                       {.act = {}, .keep = keep});
}

/// Makes the key and the CSR, writes both, then records the request.
Settled RequestPreparation::make(const HandOver& hand_over) {
    const auto passphrase = order_.read_passphrase();
    const auto key = key_pair(order_, passphrase);
    if (!reused_key_.empty() && key.public_der() != reused_key_) {
        core::refuse_unsound({core::make_diagnostic(core::rule::cert_key_mismatch, "key_file",
                                                    fmt::format("the key in {} is not that of certificate request {}",
                                                                core::quote(paths_.key), *request_.renews),
                                                    "bring it back, or leave --reuse-key out to have a new key made")},
                             /*strict=*/false);
    }
    if (!order_.makes_key()) {
        if (const auto retired = book_.store().read()->retired_cert_requests(); !retired.empty()) {
            refuse_compromised(retired, key.public_der());
        }
    }
    request_.key = key.kind();
    core::refuse_unsound(core::check_key(request_.key), book_.circumstances().strict);
    request_.csr = pki::make_csr({.subject = request_.subject,
                                  .names = request_.names,
                                  .template_name = request_.template_name,
                                  .client_auth = request_.basis.client_auth,
                                  .hash = request_.basis.hash},
                                 key);
    if (book_.circumstances().dry_run) {
        return record();
    }
    files_.emplace(book_, paths_);
    files_->write(paths_.key_is_new ? key.to_pem(passphrase) : pki::Secret{}, request_.csr, hand_over);
    return record([this] { files_->keep(); });
}

/// Writes what Windows makes the key and the CSR from, then records the request.
Settled RequestPreparation::prepare_on_windows(const HandOver& hand_over, core::Medium medium) {
    request_.csr_file.reset();  // what is written now is no CSR
    const auto target = order_.hands_over() ? medium : core::Medium::file;
    const auto text = order_.format->make(request_, {.csr_file = edge_.access_edge + ".csr", .medium = target});
    if (!has_only_ascii(text)) {
        notes_.emplace_back("not all of it is ASCII: save it as UTF-16 for Windows to read it rightly");
    }
    if (book_.circumstances().dry_run) {
        return record();
    }
    if (order_.hands_over()) {
        hand_over(core::lines_for(target, text));  // a request that nobody got is not recorded
        return record();
    }
    order_form_.emplace("the request file", *paths_.csr, store::public_file);
    order_form_->write(text);
    order_form_->publish();
    return record([this] { order_form_->keep(); });
}

}  // namespace xmppfed::app
