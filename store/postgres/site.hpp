#pragma once

#include "store/postgres/link/connection.hpp"
#include "store/site.hpp"

namespace xmppfed::store {

/// The site of a store in a database of PostgreSQL, which is reached when it is first needed.
class PostgresSite : public Site {
  public:
    explicit PostgresSite(Location location) : location_{std::move(location)} {}

    /// Throws for a schema that bears our name and is not ours.
    [[nodiscard]] bool has_store() const override;
    [[nodiscard]] std::unique_ptr<Store> open() const override;

    /// By whoever may make schemas in the database, who is its owner from then on.
    void create(Reach reach) const override;
    void take_over(Store& other, Reach reach) const override;
    void upgrade() const override;
    void rehearse(Store* other, std::span<const Grant> grants) const override;
    [[nodiscard]] core::Error absence() const override;
    [[nodiscard]] bool is_shared() const override { return true; }
    [[nodiscard]] bool is_made_by_first_change() const override { return false; }

    /// By the rights that the role has, without locking the store.
    void refuse_unwritable(Right right) const override;
    [[nodiscard]] bool includes(const std::string& /*path*/) const override { return false; }
    void refuse_unshareable(gid_t group) const override;
    void share(gid_t group) const override;
    void grant(std::span<const Grant> grants) const override;

  private:
    [[nodiscard]] const std::shared_ptr<PostgresConnection>& connection() const;

    Location location_;
    mutable std::shared_ptr<PostgresConnection> connection_;
};

}  // namespace xmppfed::store
