#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/cert/subject.hpp"
#include "core/diagnostic.hpp"
#include "core/field/field.hpp"
#include "core/partner/partner.hpp"

namespace xmppfed::core {

/// Our own side: what the edge certificate and the DNS are made from. Domains are canonical where they are valid, in
/// the order in which they were given; empty texts are not set.
struct Edge {
    std::string access_edge;                               ///< FQDN of the Access Edge service
    std::string web_conferencing;                          ///< FQDN of the Web Conferencing Edge service
    std::vector<std::string> sip_domains;                  ///< the first is the primary
    std::optional<std::vector<std::string>> xmpp_domains;  ///< none: never set, and then the SIP domains count
    std::string organization;
    std::string organizational_unit;
    std::string city;
    std::string state;
    std::string country;  ///< ISO 3166-1 alpha-2, upper case

    bool operator==(const Edge&) const = default;
};

using EdgeField = Field<Edge>;

/// The fields of the edge, in the order of the form, the help and the output.
[[nodiscard]] std::span<const EdgeField> edge_fields();

/// What a user said about the edge.
struct EdgeChange {
    std::vector<Assignment<Edge>> assignments;  ///< each field at most once
    std::vector<std::string> add_sip_domains;
    std::vector<std::string> remove_sip_domains;
    std::vector<std::string> add_xmpp_domains;
    std::vector<std::string> remove_xmpp_domains;
    bool no_xmpp_domains = false;  ///< the edge has no XMPP proxy

    [[nodiscard]] bool names_a_field() const;
};

struct ChangedEdge {
    Edge edge;
    std::vector<std::string> notes = {};
    Diagnostics diagnostics = {};  ///< on domains to remove, which the result does not show
};

/// Applies `change` to `before`. Single XMPP domains are added to, or removed from, the effective ones. Throws a usage
/// error when the change contradicts itself.
[[nodiscard]] ChangedEdge apply(const EdgeChange& change, Edge before);

/// The XMPP domains, or the SIP domains when they were never set.
[[nodiscard]] const std::vector<std::string>& effective_xmpp_domains(const Edge& edge);

/// Our own SIP and XMPP domains, sorted by bytes, each once.
[[nodiscard]] std::vector<std::string> own_domains(const Edge& edge);

/// The subject that the edge gives a certificate, without a common name.
[[nodiscard]] CertSubject subject_of(const Edge& edge);

/// The diagnostics of every rule on the edge; `claims` are those of partners on our own domains.
[[nodiscard]] Diagnostics judge(const Edge& edge, std::span<const Claim> claims);

/// The edge in a text of the history. Throws `core::Error` of kind failed when it is not what was written.
[[nodiscard]] Edge edge_from_text(const std::string& text);

/// The object of `edge show -o json` and of a manifest's `edge`: null for what is not set.
[[nodiscard]] Json to_json(const Edge& edge);

}  // namespace xmppfed::core
