#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "core/diagnostic.hpp"
#include "core/text/json/json.hpp"

namespace xmppfed::core {

/// The subject of a certificate: UTF-8, empty where an attribute is left out. In a name they stand in this order.
struct CertSubject {
    std::string country;              ///< C: ISO 3166-1 alpha-2, upper case
    std::string state;                ///< ST, written in full
    std::string locality;             ///< L
    std::string organization;         ///< O
    std::string organizational_unit;  ///< OU
    std::string common_name;          ///< CN

    bool operator==(const CertSubject&) const = default;
};

/// What an attribute is called where it comes from.
struct SubjectField {
    std::string_view key;    ///< JSON key of the edge's field, or `common_name`
    std::string_view label;  ///< inside a sentence
    std::string_view short_name;
    std::size_t most = 0;  ///< characters: the upper bounds of RFC 5280 appendix A.1
    std::string CertSubject::*value = nullptr;
};

/// Every attribute, in the order C, ST, L, O, OU, CN.
[[nodiscard]] std::span<const SubjectField> subject_fields();

/// A diagnostic of `subject-invalid` for each attribute that is out of its limits. Empty ones are left out, so they are
/// valid.
[[nodiscard]] Diagnostics check_subject(const CertSubject& subject);

/// The attributes that are set, by their short names.
[[nodiscard]] Json to_json(const CertSubject& subject);

}  // namespace xmppfed::core
