#include "app/cert/request/request_order.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "app/cert/request/request_key.hpp"
#include "app/cert/request/secrets.hpp"
#include "core/cert/files/recorded_path.hpp"
#include "core/text/text.hpp"

namespace xmppfed::app {

namespace {

using core::Error;
using core::ErrorKind;

/// The lengths of RSA keys that are made.
constexpr std::array rsa_lengths{2048, 3072, 4096};
constexpr int length_unknown_to_cmdlet = 3072;

core::RequestBasis basis_of(const RequestOrder& order) {
    core::RequestBasis basis;
    basis.common_name = order.common_name;
    basis.sip_domains = order.sip_domains.value_or(core::SipDomains::all);
    basis.chosen_sip_domains = order.chosen_sip_domains;
    basis.srv_names = order.srv_names;
    basis.xmpp_addrs = order.xmpp_addrs;
    basis.client_auth = order.client_auth;
    basis.hash = order.hash.value_or(core::Hash::sha256);
    basis.subject = order.subject;
    return basis;
}

/// A key of the same kind, as far as one of that length is made.
void take_over_key(RequestOrder& order, const core::KeyKind& key) {
    const bool is_made = key.algorithm == core::KeyAlgorithm::ec || std::ranges::count(rsa_lengths, key.bits) > 0;
    if (is_made) {
        order.new_key = key;
    }
}

/// Those that were chosen and are still the edge's; all, when none of them is.
void take_over_sip_domains(RequestOrder& order, const core::RequestWish& before) {
    order.chosen_sip_domains = before.chosen_sip_domains;
    order.sip_domains = before.sip_domains == core::SipDomains::chosen && before.chosen_sip_domains.empty()
                            ? core::SipDomains::all
                            : before.sip_domains;
}

/// What was taken over, as far as the tools on Windows can ask for it.
void fit_for_windows(RequestOrder& order, const core::CertRequest& request) {
    const auto refuse = [&](std::string_view what, std::string hint) {
        throw Error{ErrorKind::usage, fmt::format("certificate request {} has {}, which --format {} cannot ask for",
                                                  request.number, what, order.format->value.name)}
            .hint(std::move(hint));
    };
    if (order.srv_names || order.xmpp_addrs) {
        refuse("SRV-IDs or XmppAddrs", "make a request without --renew");
    }
    if (order.format->asks_for_all) {
        return;
    }
    if (order.new_key && order.new_key->algorithm == core::KeyAlgorithm::rsa &&
        order.new_key->bits == length_unknown_to_cmdlet) {
        refuse("an RSA key of 3072 bits", "add --bits 2048 or --bits 4096");
    }
    order.hash.reset();  // Request-CsCertificate has parameters for neither
    order.common_name.reset();
}

std::string absolute(const RequestOrder& order, const std::string& path) {
    auto result = path.starts_with('/') ? path : order.directory + "/" + path;
    core::refuse_unrecordable(result);
    return result;
}

}  // namespace

pki::Secret RequestOrder::read_passphrase() const {
    if (passphrase) {
        return passphrase();
    }
    return key_file && ask_passphrase ? ask_passphrase(*key_file) : pki::Secret{};
}

void take_over(RequestOrder& order, const core::CertRequest& request, const core::Edge& edge,
               std::int64_t next_number) {
    const auto before = core::wish_of(request, edge);
    order.default_suffix = fmt::format("-{}", next_number);
    if (order.reuses_key) {
        order.key_file = request.key_file;
    } else if (!order.new_key && !order.key_file) {
        take_over_key(order, request.key);
    }
    order.friendly_name = order.friendly_name.value_or(request.friendly_name);
    order.template_name = order.template_name.value_or(request.template_name);
    order.exportable = order.exportable.value_or(request.exportable);
    order.hash = order.hash.value_or(before.hash);
    order.common_name = order.common_name ? order.common_name : before.common_name;
    if (!order.sip_domains) {
        take_over_sip_domains(order, before);
    }
    order.additional_names.insert(order.additional_names.begin(), before.additional_names.begin(),
                                  before.additional_names.end());
    order.srv_names = order.srv_names || before.srv_names;
    order.xmpp_addrs = order.xmpp_addrs || before.xmpp_addrs;
    order.client_auth = order.client_auth && before.client_auth;
    for (const auto& assignment : before.subject) {
        if (std::ranges::count(order.subject, assignment.field, &core::Assignment<core::Edge>::field) == 0) {
            order.subject.push_back(assignment);
        }
    }
    if (order.on_windows()) {
        fit_for_windows(order, request);
    }
}

core::RequestWish take_wish(RequestOrder& order) {
    return {basis_of(order), std::exchange(order.additional_names, {}), order.template_name.value_or("")};
}

core::RequestWish wish_of(RequestOrder order) {
    return take_wish(order);
}

RequestPaths paths_of(const RequestOrder& order, const core::Edge& edge) {
    RequestPaths paths;
    if (order.on_windows()) {
        paths.key_is_new = false;
        paths.csr = order.hands_over() ? std::nullopt : std::optional{absolute(order, *order.csr_file)};
        return paths;
    }
    paths.key_is_new = order.makes_key();
    const auto stem = edge.access_edge + order.default_suffix;
    paths.key = absolute(order, order.key_file ? *order.key_file : order.new_key_file.value_or(stem + ".key"));
    if (!order.hands_over()) {
        paths.csr = absolute(order, order.csr_file.value_or(stem + ".csr"));
    }
    paths.existing_csr = order.replaces_csr ? store::Existing::replace : store::Existing::refuse;
    if (paths.csr == paths.key) {
        throw Error{ErrorKind::usage, fmt::format("the CSR and the key would both be {}", core::quote(paths.key))}.hint(
            "name two files with --out and --key-out");
    }
    return paths;
}

core::CertRequest described(const RequestOrder& order, const core::Edge& edge, const RequestPaths& paths) {
    core::CertRequest request;
    request.basis = basis_of(order);
    request.renews = order.renews;
    request.key = order.new_key.value_or(core::KeyKind{});
    request.csr_file = paths.csr;
    request.key_file = paths.key;
    request.friendly_name = order.friendly_name.value_or("Edge external " + edge.access_edge);
    request.template_name = order.template_name.value_or("");
    request.exportable = order.exportable.value_or(true);
    return request;
}

pki::KeyPair key_pair(const RequestOrder& order, const pki::Secret& passphrase) {
    if (order.makes_key()) {
        return pki::KeyPair::generate(order.new_key.value_or(core::KeyKind{}));
    }
    const auto pem = order.reuses_key ? read_key_file(*order.key_file, *order.renews)
                                      : read_secret("the key file", *order.key_file, longest_key_file);
    return opened_key(*order.key_file, pem, passphrase);
}

}  // namespace xmppfed::app
