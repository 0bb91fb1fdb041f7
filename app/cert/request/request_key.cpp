#include "app/cert/request/request_key.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "app/cert/request/request_lookup.hpp"
#include "core/cert/retirement.hpp"
#include "core/pki/cert_file.hpp"
#include "core/refusal.hpp"
#include "core/rule/rules.hpp"
#include "core/text/text.hpp"
#include "store/files/file.hpp"

namespace xmppfed::app {

core::CertContent csr_of(const core::CertRequest& request) {
    auto file = pki::read_cert_file(request.csr, "the stored request");
    if (file.requests.size() != 1) {
        throw core::damaged_store(fmt::format("certificate request {} has something else for its CSR", request.number));
    }
    auto csr = std::move(file.requests.front());
    return csr;
}

std::string public_key_of(const core::CertRequest& request) {
    return request.csr.empty() ? std::string{} : csr_of(request).key.der;
}

std::string known_key_of(const core::CertRequest& request) {
    return request.csr.empty() && request.certificate ? certificate_of(request).key.der : public_key_of(request);
}

const core::CertRequest* request_of_key(const std::vector<core::CertRequest>& requests, const std::string& public_key) {
    const auto latest = std::find_if(requests.rbegin(), requests.rend(), [&](const core::CertRequest& request) {
        return !public_key.empty() && known_key_of(request) == public_key;
    });
    return latest == requests.rend() ? nullptr : &*latest;
}

void refuse_compromised(const std::vector<core::CertRequest>& requests, const std::string& public_key) {
    if (const auto* const compromised = core::compromised_with(requests, public_key, known_key_of)) {
        throw core::Error{
            core::ErrorKind::conflict,
            fmt::format("this key is compromised: certificate request {} was retired for that", compromised->number)}
            .hint("have a new key made: leave --key and --reuse-key out");
    }
}

pki::KeyPair opened_key(const std::string& path, const pki::Secret& pem, const pki::Secret& passphrase) {
    try {
        return pki::KeyPair::from_pem(pem.text(), passphrase);
    } catch (core::Error& error) {
        error.message = fmt::format("the key file {}: {}", core::quote(path), error.message);
        throw;
    }
}

pki::Secret read_key_file(const std::string& path, std::int64_t request) {
    try {
        return read_secret("the key file", path, longest_key_file);
    } catch (core::Error& error) {
        if (error.kind == core::ErrorKind::not_found) {
            error.hints = {
                fmt::format("bring it back, or record where it is now: `xmppfed cert move {} --key FILE`", request)};
        }
        throw;
    }
}

RequestKey key_of(const core::CertRequest& request, const core::Certificate& certificate,
                  const pki::Secret& passphrase) {
    if (request.key_file.empty()) {
        throw core::Error{core::ErrorKind::conflict,
                          fmt::format("the key of certificate request {} lives on Windows", request.number)}
            .hint("do it there: Import-CsCertificate and Set-CsCertificate, or Export-PfxCertificate");
    }
    auto pem = read_key_file(request.key_file, request.number);
    auto pair = opened_key(request.key_file, pem, passphrase);
    // The CSR is signed by the key: who cannot use that cannot have the store lead us to it.
    if (pair.public_der() != certificate.key.der || pair.public_der() != public_key_of(request)) {
        core::refuse_unsound(
            {core::make_diagnostic(core::rule::cert_key_mismatch, "key_file",
                                   fmt::format("the key in {} is not the certificate's", core::quote(request.key_file)),
                                   "bring back the key that the request was made with")},
            /*strict=*/false);
    }
    return {std::move(pem), std::move(pair)};
}

bool is_key_of(const core::CertRequest& request, const pki::Secret& pem, const pki::Secret& passphrase) {
    const auto public_key = public_key_of(request);
    return !public_key.empty() && pki::KeyPair::from_pem(pem.text(), passphrase).public_der() == public_key;
}

KeyFileState look_at_key(const core::CertRequest& request) {
    return look_at_key(request.key_file, public_key_of(request));
}

KeyFileState look_at_key(const std::string& path, const std::string& public_key) {
    if (!store::is_taken(path)) {
        return KeyFileState::missing;
    }
    std::error_code failed;
    const auto status = std::filesystem::status(path, failed);
    if (!failed && !std::filesystem::is_regular_file(status)) {
        return KeyFileState::damaged;  // reading a pipe or a device might never end
    }
    pki::Secret pem;
    try {
        pem = read_secret("the key file", path, longest_key_file);
    } catch (const core::Error&) {
        return KeyFileState::closed;  // to whoever looks: one of a group, perhaps
    }
    try {
        const auto pair = pki::KeyPair::from_pem(pem.text(), {});
        return pair.public_der() == public_key ? KeyFileState::right : KeyFileState::another;
    } catch (const core::Error& error) {
        return error.kind == core::ErrorKind::usage ? KeyFileState::encrypted : KeyFileState::damaged;
    }
}

}  // namespace xmppfed::app
