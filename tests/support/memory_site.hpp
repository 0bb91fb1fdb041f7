#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "core/error.hpp"
#include "store/site.hpp"
#include "tests/support/memory_store.hpp"

namespace xmppfed::test {

/// Where a store in memory is or will be: sites of one shelf lead to the same.
class MemorySite : public store::Site {
  public:
    using Shelf = std::shared_ptr<std::optional<MemoryStore>>;

    MemorySite(Shelf shelf, std::chrono::sys_seconds now) : shelf_{std::move(shelf)}, now_{now} {}

    [[nodiscard]] bool has_store() const override { return shelf_->has_value(); }
    [[nodiscard]] std::unique_ptr<store::Store> open() const override { return shelf_->value().another(); }
    void create(store::Reach /*reach*/) const override {
        if (!*shelf_) {
            shelf_->emplace(now_);
        }
    }
    [[nodiscard]] bool is_made_by_first_change() const override { return true; }
    [[nodiscard]] core::Error absence() const override { return {core::ErrorKind::not_found, "there is no store"}; }
    void upgrade() const override {}
    void take_over(store::Store& /*other*/, store::Reach /*reach*/) const override {
        throw core::Error{core::ErrorKind::failed, "a store in memory is no copy of another"};
    }
    [[nodiscard]] bool is_shared() const override { return false; }
    void rehearse(store::Store* /*other*/, std::span<const store::Grant> /*grants*/) const override {}
    void refuse_unwritable(store::Right /*right*/) const override {}
    [[nodiscard]] bool includes(const std::string& /*path*/) const override { return false; }
    void refuse_unshareable(gid_t /*group*/) const override {}
    void share(gid_t /*group*/) const override {}
    void grant(std::span<const store::Grant> /*grants*/) const override {}

  private:
    Shelf shelf_;
    std::chrono::sys_seconds now_;
};

}  // namespace xmppfed::test
