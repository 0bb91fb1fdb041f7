#pragma once

#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/cert/cert_names.hpp"
#include "core/cert/subject.hpp"
#include "core/diagnostic.hpp"

/// The rules on the names in certificates and in requests for them.
namespace xmppfed::core {

/// The names of a certificate, for looking up.
class NameSet {
  public:
    explicit NameSet(std::span<const CertName> names);

    void add(const CertName& name);

    [[nodiscard]] bool has(NameType type, const std::string& value) const { return names_.contains({type, value}); }

    /// Whether a name stands for `needed`: it is the same, or a wildcard whose one left-most label covers it (RFC 9525
    /// section 6.3), with two more at least.
    [[nodiscard]] bool covers(const CertName& needed) const;

  private:
    std::set<std::pair<NameType, std::string>> names_;
};

/// The names that stand for none of those needed, in their order.
[[nodiscard]] std::vector<CertName> surplus_names(std::span<const CertName> names, std::span<const CertName> needed);

/// `cert-name-missing` for each needed name that `names` do not cover, and `cert-wildcard-insufficient` where a wildcard
/// is there in its place. The names of `allowed` may be missing. `cert-wildcard-edge` when a wildcard alone covers the
/// Access Edge FQDN.
[[nodiscard]] Diagnostics check_names(std::span<const CertName> names, std::span<const CertName> needed,
                                      std::span<const std::string> allowed);

/// What public CAs refuse or drop: `cert-othername-public-ca`, `cert-internal-name`, `cert-ou-present`.
[[nodiscard]] Diagnostics check_public_ca(const CertSubject& subject, std::span<const CertName> names);

}  // namespace xmppfed::core
