#include "tests/support/database_site.hpp"

#include <cstdlib>

#include <fmt/format.h>

#include "core/text/timestamp.hpp"
#include "store/address.hpp"
#include "store/postgres/link/connection.hpp"

namespace xmppfed::test {

namespace {

store::Location database(const store::Location& like) {
    auto location = store::location_of(database_address());
    location.wait = like.wait;
    location.now = like.now;
    return location;
}

class DatabaseSite : public store::Site {
  public:
    explicit DatabaseSite(store::Location location) : location_{std::move(location)}, site_{store::site_of(location_)} {
        if (site_->has_store()) {
            stop_clock();
        }
    }

    [[nodiscard]] bool has_store() const override { return site_->has_store(); }
    [[nodiscard]] std::unique_ptr<store::Store> open() const override { return site_->open(); }
    void create(store::Reach reach) const override {
        site_->create(reach);
        stop_clock();
        run("UPDATE xmppfed.store SET created_at = xmppfed.clock()");
    }
    [[nodiscard]] bool is_made_by_first_change() const override { return true; }
    [[nodiscard]] core::Error absence() const override { return site_->absence(); }
    void upgrade() const override { site_->upgrade(); }
    void take_over(store::Store& other, store::Reach reach) const override { site_->take_over(other, reach); }
    [[nodiscard]] bool is_shared() const override { return site_->is_shared(); }
    void rehearse(store::Store* other, std::span<const store::Grant> grants) const override {
        site_->rehearse(other, grants);
    }
    void refuse_unwritable(store::Right right) const override {
        if (site_->has_store()) {
            site_->refuse_unwritable(right);
        }
    }
    [[nodiscard]] bool includes(const std::string& path) const override { return site_->includes(path); }
    void refuse_unshareable(gid_t group) const override { site_->refuse_unshareable(group); }
    void share(gid_t group) const override { site_->share(group); }
    void grant(std::span<const store::Grant> grants) const override { site_->grant(grants); }

  private:
    void run(const std::string& sql) const { store::PostgresConnection{location_}.run_script(sql); }
    void stop_clock() const {
        run(fmt::format(
            "CREATE OR REPLACE FUNCTION xmppfed.clock() RETURNS text LANGUAGE sql AS $$ SELECT '{}'::text $$",
            core::timestamp(location_.now)));
    }

    store::Location location_;
    std::unique_ptr<store::Site> site_;
};

}  // namespace

const char* database_address() {
    return std::getenv("XMPPFED_TEST_POSTGRES");
}

void empty_database() {
    store::PostgresConnection{database({.path = {}, .now = {}})}.run_script("DROP SCHEMA IF EXISTS xmppfed CASCADE");
}

std::unique_ptr<store::Site> site_in_database(const store::Location& location) {
    return std::make_unique<DatabaseSite>(database(location));
}

}  // namespace xmppfed::test
