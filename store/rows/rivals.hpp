#pragma once

#include <string_view>

namespace xmppfed::store {

/// Fills the table `rival` (number, domain, partner, is_wish) from `wanted_claim` (domain, number, partner) with those who
/// want one domain in the same manifest. One rival is enough to refuse a claim: the first that was added, and for that one
/// the last. All of them would be as many as the square of those who want one domain.
inline constexpr std::string_view find_wanted_rivals = R"(
    WITH contested AS (SELECT domain, min(number) AS first, max(number) AS last FROM wanted_claim GROUP BY domain
                       HAVING min(number) <> max(number))
    INSERT INTO rival
    SELECT DISTINCT own.number, own.domain, other.partner, 1
    FROM contested JOIN wanted_claim AS own USING (domain)
    JOIN wanted_claim AS other ON other.domain = own.domain
    AND other.number = CASE own.number WHEN contested.first THEN contested.last ELSE contested.first END
    WHERE other.partner <> own.partner;
)";

}  // namespace xmppfed::store
