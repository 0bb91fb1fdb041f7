#include "core/pki/cert_record.hpp"

#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/cert/cert_name_rules.hpp"
#include "core/cert/cert_rules.hpp"
#include "core/pki/cert_file.hpp"
#include "core/pki/chain.hpp"
#include "core/store_audit.hpp"
#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::pki {

namespace {

using core::Certificate;
using core::CertName;

/// The type and the value of names, as a CSR has them: where they come from is not in it.
std::vector<std::pair<core::NameType, std::string>> values_of_names(const std::vector<CertName>& names) {
    std::vector<std::pair<core::NameType, std::string>> values;
    values.reserve(names.size());
    for (const auto& [type, value, source] : names) {
        values.emplace_back(type, type == core::NameType::xmpp_addr ? value : core::ascii_lower(value));
    }
    return values;
}

class Record {
  public:
    Record(const core::CertRequest& request, std::chrono::sys_seconds now) : request_{request}, now_{now} {}

    core::Diagnostics check() && {
        if (!request_.csr.empty()) {  // else it is made on Windows
            check_csr();
        }
        if (request_.certificate) {
            check_certificate(*request_.certificate);
        }
        return std::move(diagnostics_);
    }

  private:
    void add(std::string_view what, std::string_view problem) {
        diagnostics_.push_back(
            core::damage(fmt::format("the {} of certificate request {} {}", what, request_.number, problem)));
    }

    /// The certificates or requests in a text of the record; none where that cannot be read.
    template <class Members>
    auto read(const std::string& text, std::string_view what, Members CertFile::*members) -> Members {
        try {
            auto file = read_cert_file(text, what);
            if (file.certificates.size() + file.requests.size() == (file.*members).size()) {
                return std::move(file.*members);
            }
            add(what, "is something else");
        } catch (const core::Error& error) {
            add(what, "cannot be read: " + core::text_of(error));
        }
        return {};
    }

    void check_csr() {
        const auto requests = read(request_.csr, "CSR", &CertFile::requests);
        if (requests.empty()) {
            return;
        }
        const auto& csr = requests.front();
        key_ = csr.key.der;
        if (requests.size() > 1) {
            add("CSR", "is more than one");
        }
        if (!csr.key.kind || core::to_json(*csr.key.kind) != core::to_json(request_.key)) {
            add("CSR", fmt::format("has another key than what is on record: {}", csr.key.description));
        }
        if (csr.subject != request_.subject) {
            add("CSR", "has another subject than what is on record");
        }
        if (values_of_names(csr.names) != values_of_names(request_.names)) {
            add("CSR", "has other names than those on record");
        }
    }

    void check_certificate(const core::IssuedCertificate& issued) {
        const auto certificates = read(issued.pem, "certificate", &CertFile::certificates);
        if (certificates.empty()) {
            return;
        }
        const auto& certificate = certificates.front();
        compare(issued, certificate);
        if (!key_.empty() && certificate.key.der != key_) {
            add("certificate", "has another key than the CSR");
        }
        for (const auto& diagnostic : core::check_names(certificate.names, request_.names, issued.allowed_missing)) {
            if (diagnostic.severity == core::Severity::error) {
                add("certificate", "does not fit the names on record: " + diagnostic.message);
            }
        }
        if (!issued.chain.empty()) {
            check_chain(certificate, read(issued.chain, "chain", &CertFile::certificates));
        }
    }

    void compare(const core::IssuedCertificate& issued, const Certificate& certificate) {
        std::vector<std::string> differences;
        const auto expect = [&](const std::string& recorded, const std::string& actual, const char* key) {
            if (recorded != actual) {
                differences.emplace_back(key);
            }
        };
        expect(issued.pem, certificate.pem, "pem");
        expect(issued.issuer, certificate.issuer, "issuer");
        expect(issued.serial, certificate.serial, "serial");
        expect(issued.fingerprint, certificate.fingerprint, "fingerprint");
        expect(issued.thumbprint, certificate.thumbprint, "thumbprint");
        expect(issued.not_before, core::timestamp(certificate.not_before), "not_before");
        expect(issued.not_after, core::timestamp(certificate.not_after), "not_after");
        if (!differences.empty()) {
            add("certificate", "is not what is on record: " + core::join(differences, ", "));
        }
    }

    /// Two at a time: what the best way is does not matter, for servers send the chain as it stands.
    void check_chain(const Certificate& certificate, const std::vector<Certificate>& chain) {
        const auto* below = &certificate;
        for (const auto& above : chain) {
            if (best_path(*below, std::span{&above, 1}, {}, now_).chain.empty()) {
                add("chain", fmt::format("is broken: {} has not issued {}", core::name_of_ca(above),
                                         below == &certificate ? "the certificate" : core::name_of_ca(*below)));
                return;
            }
            below = &above;
        }
    }

    const core::CertRequest& request_;
    std::chrono::sys_seconds now_;
    std::string key_;  // of the CSR, in DER
    core::Diagnostics diagnostics_;
};

}  // namespace

core::Diagnostics check_record(const core::CertRequest& request, std::chrono::sys_seconds now) {
    return Record{request, now}.check();
}

}  // namespace xmppfed::pki
