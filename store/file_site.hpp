#pragma once

#include "store/site.hpp"

namespace xmppfed::store {

/// The site of a store in a file. A missing or an empty file is no store. A symbolic link is followed, as its owner made
/// it: once, and then no other that may be put in its place meanwhile (see `followed` in store/files/place.hpp).
class FileSite : public Site {
  public:
    explicit FileSite(Location location) : location_{std::move(location)} {}

    /// Throws for what is not a regular file, and for one that everybody may write.
    [[nodiscard]] bool has_store() const override;
    [[nodiscard]] std::unique_ptr<Store> open() const override;

    /// Missing directories get mode 0700 (above the store's own 0755 when a group is to reach it), the file 0600. When
    /// that fails none of them stays; what is done with the store afterwards is not looked at.
    void create(Reach reach) const override;
    [[nodiscard]] bool is_shared() const override { return false; }
    [[nodiscard]] bool is_made_by_first_change() const override { return true; }
    [[nodiscard]] core::Error absence() const override;
    void upgrade() const override {}
    void take_over(Store& other, Reach reach) const override;
    void rehearse(Store* /*other*/, std::span<const Grant> /*grants*/) const override {}
    void refuse_unwritable(Right right) const override;

    /// So do the files that the engine makes beside it.
    [[nodiscard]] bool includes(const std::string& path) const override;
    void refuse_unshareable(gid_t group) const override;
    void share(gid_t group) const override;
    void grant(std::span<const Grant> grants) const override;

  private:
    Location location_;
};

}  // namespace xmppfed::store
