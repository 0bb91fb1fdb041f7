#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/support/memory_store.hpp"

namespace xmppfed::test {

/// Staging in a vector, compared with a book that must outlive it.
class MemoryStaging : public store::Staging {
  public:
    explicit MemoryStaging(const Book& book) : book_{book} {}

    void add(const core::Partner& partner, std::string_view places) override;
    void compare(bool unnamed_go) override;
    void visit_pairs(const PairVisitor& visit) override;
    void visit_unnamed(const std::function<void(const core::CommittedPartner&)>& visit) override;
    [[nodiscard]] std::vector<core::Claim> claims_of_unnamed(std::span<const std::string> domains) override;
    void choose(std::int64_t number, const core::CommittedPartner& partner) override;

    /// What was chosen, in the order of staging.
    [[nodiscard]] std::vector<core::CommittedPartner> chosen() const;

  private:
    struct Staged {
        core::Partner partner;
        std::string places;
    };

    /// The number of a staged partner is its place in `staged_`, from 1.
    [[nodiscard]] const Staged& at(std::size_t number) const { return staged_.at(number - 1); }
    [[nodiscard]] bool is_named(const std::string& primary_domain) const { return names_.contains(primary_domain); }
    [[nodiscard]] std::vector<core::Claim> rivals_of(std::size_t number) const;

    const Book& book_;
    std::vector<Staged> staged_;
    std::set<std::string> names_;
    std::map<std::string, std::set<std::size_t>> wishes_;  ///< domain to the numbers of those who want it
    std::map<std::size_t, core::CommittedPartner> chosen_;
    bool unnamed_go_ = false;
};

}  // namespace xmppfed::test
