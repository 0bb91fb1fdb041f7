#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "app/cert/request_key.hpp"
#include "app/cert/secrets.hpp"
#include "cli/commands/cert/cert_request_options.hpp"
#include "core/text/text.hpp"
#include "store/files/file.hpp"

/// What the options of `cert request` come to.
namespace xmppfed::cli {

namespace {

using core::Error;
using core::ErrorKind;

constexpr std::size_t longest_san_file = std::size_t{16} * 1024 * 1024;
constexpr std::array bit_numbers{2048, 3072, 4096};  // by the order of `Bits`

/// The lines that are not empty, with either line ending. Editors on Windows put a byte order mark before a text.
void append_lines(std::vector<std::string>& lines, std::string_view text) {
    if (text.starts_with(core::byte_order_mark)) {
        text.remove_prefix(core::byte_order_mark.size());
    }
    lines.reserve(lines.size() + static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1);
    while (!text.empty()) {
        auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (!line.empty()) {
            lines.emplace_back(line);
        }
    }
}

}  // namespace

core::RequestBasis CertRequestOptions::basis() const {
    core::RequestBasis wish;
    wish.common_name = common_name_;
    wish.sip_domains = no_sip_domains_        ? core::SipDomains::none
                       : sip_domains_.empty() ? core::SipDomains::all
                                              : core::SipDomains::chosen;
    wish.chosen_sip_domains = sip_domains_;
    wish.srv_names = srv_names_;
    wish.xmpp_addrs = xmpp_addrs_;
    wish.client_auth = !no_client_auth_;
    wish.hash = hash_.value_or(core::Hash::sha256);
    wish.subject = subject_;
    return wish;
}

core::RequestWish CertRequestOptions::wish() const {
    core::RequestWish wish{basis(), {}, template_.value_or("")};
    wish.additional_names = sans_;
    if (san_file_) {
        append_lines(wish.additional_names, store::read_file("the name file", *san_file_, longest_san_file));
    }
    return wish;
}

void CertRequestOptions::take_over(const core::CertRequest& request, const core::Edge& edge, std::int64_t next_number) {
    const auto before = core::wish_of(request, edge);
    default_suffix_ = fmt::format("-{}", next_number);
    if (reuse_key_) {
        key_ = request.key_file;
    } else if (!bits_ && !curve_ && !key_) {
        take_over_key(request.key);
    }
    friendly_name_ = friendly_name_.value_or(request.friendly_name);
    template_ = template_.value_or(request.template_name);
    exportable_ = exportable_.value_or(request.exportable);
    hash_ = hash_.value_or(before.hash);
    common_name_ = common_name_ ? common_name_ : before.common_name;
    if (sip_domains_.empty() && !all_sip_domains_ && !no_sip_domains_) {
        sip_domains_ = before.chosen_sip_domains;
        no_sip_domains_ = before.sip_domains == core::SipDomains::none;
    }
    sans_.insert(sans_.begin(), before.additional_names.begin(), before.additional_names.end());
    srv_names_ = srv_names_ || before.srv_names;
    xmpp_addrs_ = xmpp_addrs_ || before.xmpp_addrs;
    no_client_auth_ = no_client_auth_ || !before.client_auth;
    for (const auto& assignment : before.subject) {
        if (std::ranges::count(subject_, assignment.field, &core::Assignment<core::Edge>::field) == 0) {
            subject_.push_back(assignment);
        }
    }
    if (on_windows()) {
        fit_for_windows(request);
    }
}

/// What was taken over, as far as the tools on Windows can ask for it.
void CertRequestOptions::fit_for_windows(const core::CertRequest& request) {
    const auto refuse = [&](std::string_view what, std::string hint) {
        throw Error{ErrorKind::usage, fmt::format("certificate request {} has {}, which --format {} cannot ask for",
                                                  request.number, what, format().value.name)}
            .hint(std::move(hint));
    };
    if (srv_names_ || xmpp_addrs_) {
        refuse("SRV-IDs or XmppAddrs", "make a request without --renew");
    }
    if (format().asks_for_all) {
        return;
    }
    if (bits_ == Bits::b3072) {
        refuse("an RSA key of 3072 bits", "add --bits 2048 or --bits 4096");
    }
    hash_.reset();  // Request-CsCertificate has parameters for neither
    common_name_.reset();
}

/// A key of the same kind, as far as one of that length is made.
void CertRequestOptions::take_over_key(const core::KeyKind& key) {
    if (key.algorithm == core::KeyAlgorithm::ec) {
        curve_ = key.curve;
        return;
    }
    const auto* const known = std::ranges::find(bit_numbers, key.bits);
    if (known != bit_numbers.end()) {
        bits_ = static_cast<Bits>(known - bit_numbers.begin());
    }
}

app::RequestPaths CertRequestOptions::paths(const World& world, const core::Edge& edge) const {
    app::RequestPaths paths;
    if (on_windows()) {
        paths.key_is_new = false;
        paths.csr = prints_csr() ? std::nullopt : std::optional{absolute_path(world, *out_)};
        return paths;
    }
    paths.key_is_new = !key_;
    const auto stem = edge.access_edge + default_suffix_;
    paths.key = absolute_path(world, key_ ? *key_ : key_out_.value_or(stem + ".key"));
    if (out_ != "-") {
        paths.csr = absolute_path(world, out_.value_or(stem + ".csr"));
    }
    paths.existing_csr = force_ ? store::Existing::replace : store::Existing::refuse;
    if (paths.csr == paths.key) {
        throw Error{ErrorKind::usage, fmt::format("the CSR and the key would both be {}", core::quote(paths.key))}.hint(
            "name two files with --out and --key-out");
    }
    return paths;
}

core::KeyKind CertRequestOptions::wanted_key() const {
    core::KeyKind kind;
    if (curve_) {
        kind.algorithm = core::KeyAlgorithm::ec;
        kind.curve = *curve_;
    } else if (bits_) {
        kind.bits = bit_numbers.at(static_cast<std::size_t>(*bits_));
    }
    return kind;
}

pki::KeyPair CertRequestOptions::key_pair(const pki::Secret& passphrase) const {
    if (!key_) {
        return pki::KeyPair::generate(wanted_key());
    }
    const auto pem = app::read_secret("the key file", *key_, app::longest_key_file);
    try {
        return pki::KeyPair::from_pem(pem.text(), passphrase);
    } catch (core::Error& error) {
        error.message = fmt::format("the key file {}: {}", core::quote(*key_), error.message);
        throw;
    }
}

core::CertRequest CertRequestOptions::described(const core::Edge& edge, const app::RequestPaths& paths) const {
    core::CertRequest request;
    request.basis = basis();
    request.renews = renew_;
    request.key = wanted_key();
    request.csr_file = paths.csr;
    request.key_file = paths.key;
    request.friendly_name = friendly_name_.value_or("Edge external " + edge.access_edge);
    request.template_name = template_.value_or("");
    request.exportable = exportable_.value_or(true);
    return request;
}

}  // namespace xmppfed::cli
