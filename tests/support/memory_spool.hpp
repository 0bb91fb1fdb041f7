#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/support/memory_store.hpp"

namespace xmppfed::test {

/// A spool in a vector.
class MemorySpool : public store::Spool {
  public:
    void add(const core::Partner& partner, std::string_view places) override;

    struct Wanted {
        core::Partner partner;
        std::string places;
    };

    /// Partners are numbered as they were added, from 1.
    [[nodiscard]] const Wanted& at(std::size_t number) const { return wanted_.at(number - 1); }
    [[nodiscard]] std::size_t size() const { return wanted_.size(); }
    [[nodiscard]] bool names(const std::string& primary_domain) const { return names_.contains(primary_domain); }

    /// The numbers of those who want a domain that somebody wants.
    [[nodiscard]] const std::set<std::size_t>& wishes_for(const std::string& domain) const {
        return wishes_.at(domain);
    }

  private:
    std::vector<Wanted> wanted_;
    std::set<std::string> names_;
    std::map<std::string, std::set<std::size_t>> wishes_;
};

/// A spool beside a book; both must outlive it.
class MemoryComparison : public store::Comparison {
  public:
    MemoryComparison(const Book& book, const MemorySpool& spool, bool unnamed_go)
        : book_{book}, spool_{spool}, unnamed_go_{unnamed_go} {}

    void visit_pairs(const PairVisitor& visit) override;
    void visit_unnamed(const std::function<void(const core::CommittedPartner&)>& visit) override;
    [[nodiscard]] std::vector<core::Claim> claims_of_unnamed(std::span<const std::string> domains) override;
    void choose(const std::optional<core::CommittedPartner>& before, const core::CommittedPartner& after) override;

    [[nodiscard]] const std::vector<core::CommittedPartner>& chosen() const { return chosen_; }

  private:
    [[nodiscard]] std::vector<core::Claim> rivals_of(std::size_t number) const;

    const Book& book_;
    const MemorySpool& spool_;
    bool unnamed_go_;
    std::vector<core::CommittedPartner> chosen_;
};

}  // namespace xmppfed::test
