#include "app/probe/own_identity.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "app/cert/request/request_key.hpp"
#include "app/cert/request/request_lookup.hpp"
#include "core/cert/cert_name_rules.hpp"
#include "core/cert/cert_rules.hpp"
#include "core/cert/files/file_host.hpp"
#include "core/pki/key.hpp"
#include "core/refusal.hpp"
#include "core/rule/rules.hpp"
#include "core/text/domain/domain_name.hpp"
#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::app {

namespace {

constexpr std::string_view cannot_be_judged = "whether SASL works cannot be judged";

bool names_us(const core::Certificate& leaf, const std::string& from) {
    const core::NameSet names{leaf.names};
    return names.covers({core::NameType::dns, from}) || names.has(core::NameType::srv, "_xmpp-server." + from) ||
           names.has(core::NameType::xmpp_addr, core::unicode_domain(from));
}

core::Diagnostic self_signed() {
    return core::make_diagnostic(core::rule::cert_chain_incomplete, {},
                                 "our certificate is self-signed: no chain leads to a trusted CA",
                                 "have a CA issue one: `xmppfed cert request`");
}

/// Why the other side may refuse it, as far as that shows from here.
core::Diagnostics faults_of(const core::Certificate& leaf, const std::string& from, std::chrono::sys_seconds now) {
    constexpr std::string_view ours = "our certificate";
    const core::CertName needed{core::NameType::dns, from};
    core::Diagnostics faults = core::check_dates(leaf, now, core::Days{0}, ours);
    const auto add = [&](core::Diagnostics others) { std::ranges::move(others, std::back_inserter(faults)); };
    if (!names_us(leaf, from)) {
        add(core::check_names(leaf.names, std::span{&needed, 1}, {}));
    }
    add(leaf.self_signed ? core::Diagnostics{self_signed()} : core::Diagnostics{});
    add(core::check_client_auth(leaf, core::CertPath{}, {}));
    return faults;
}

OwnIdentity identity_of(const std::vector<core::Certificate>& certificates, const pki::Secret& key,
                        const std::string& file, const std::string& from, std::chrono::sys_seconds now) {
    std::string chain;
    for (const auto& each : certificates) {
        chain += each.pem;
    }
    const auto& leaf = certificates.front();
    if (pki::KeyPair::from_pem(key.text(), pki::Secret{}).public_der() != leaf.key.der) {
        core::refuse_unsound(
            {core::make_diagnostic(core::rule::cert_key_mismatch, {},
                                   fmt::format("the key does not belong to the certificate in {}", core::quote(file)),
                                   "give the key that the certificate was requested with")},
            /*strict=*/false);
    }
    OwnIdentity own{.tls = net::TlsIdentity{chain, key}};
    own.diagnostics = faults_of(leaf, from, now);
    own.state = own.diagnostics.empty() ? core::OwnCertificate::good : core::OwnCertificate::unsound;
    own.issuer = leaf.issuer;
    own.not_after = core::timestamp(leaf.not_after);
    own.file = file;
    if (own.state == core::OwnCertificate::unsound) {
        own.note = fmt::format(
            "our certificate does not name {}, is out of its dates, self-signed or without client "
            "authentication: {}",
            from, cannot_be_judged);
    }
    return own;
}

OwnIdentity without(std::string why) {
    OwnIdentity own;
    own.note = why.empty() ? "" : fmt::format("{}: {}", why, cannot_be_judged);
    return own;
}

OwnIdentity identity_in_use(store::Reader& reader, const Book& book, const std::string& from) {
    const auto requests = reader.cert_requests();
    const auto used = std::ranges::find(requests, core::RequestState::assigned, &core::CertRequest::state);
    if (used == requests.end()) {
        return without("no certificate is assigned");
    }
    const auto& request = *used;
    if (core::has_files_elsewhere(request, book.host())) {
        return without(fmt::format("the key of the certificate in use is on the host {}", core::quote(request.host)));
    }
    const auto key_file = request.directory.empty() ? request.key_file : request.directory + "/privkey.pem";
    if (key_file.empty() || look_at_key(key_file, certificate_of(request).key.der) != KeyFileState::right) {
        return without("the key of the certificate in use cannot be read");
    }
    const auto texts = recorded_texts(request);
    const auto certificates = pki::read_cert_file(texts.fullchain(), "the certificate in use").certificates;
    return identity_of(certificates, read_secret("the key file", key_file, longest_key_file), request.directory, from,
                       book.now());
}

}  // namespace

OwnIdentity own_identity(store::Reader& reader, const Book& book, const IdentityWish& wish, const std::string& from) {
    if (wish.none) {
        return without("no certificate is presented");
    }
    if (!wish.certificate_file) {
        return identity_in_use(reader, book, from);
    }
    const auto certificates = cert_file("the certificate file", *wish.certificate_file).certificates;
    if (certificates.empty()) {
        throw core::Error{core::ErrorKind::failed,
                          fmt::format("{} holds no certificate", core::quote(*wish.certificate_file))};
    }
    const auto& key_file = *wish.key_file;
    return identity_of(certificates, read_secret("the key file", key_file, longest_key_file), *wish.certificate_file,
                       from, book.now());
}

}  // namespace xmppfed::app
