#include "store/address.hpp"

#include <catch2/catch.hpp>

using namespace xmppfed;

TEST_CASE("an address is told from a path by how it begins") {
    for (const auto* const path : {"/srv/store.db", "store.db", "./a://b", "a b://c", "1://c", "services=x", "://"}) {
        INFO(path);
        CHECK(store::beginning_of_address(path).empty());
        CHECK_FALSE(store::is_known_address(path));
    }
    CHECK(store::beginning_of_address("MySQL://db/x") == "MySQL://");
    CHECK(store::beginning_of_address("SERVICE=book") == "SERVICE=");
}

TEST_CASE("two schemes and the name of a service lead to a database") {
    for (const auto* const address : {"postgresql://", "postgres://db.example/book", "service=book", "service=a-b.c"}) {
        INFO(address);
        CHECK(store::is_known_address(address));
        CHECK(store::location_of(address).address == address);
        CHECK(store::location_of(address).path.empty());
    }
    for (const auto* const address :
         {"mysql://db/x", "POSTGRESQL://db/x", "service=", "SERVICE=x", "service=a b", "service=a'b", "service=a=b"}) {
        INFO(address);
        CHECK_FALSE(store::is_known_address(address));
    }
    CHECK(store::location_of("/srv/store.db").path == "/srv/store.db");
    CHECK(store::location_of("/srv/store.db").address.empty());
}

TEST_CASE("a password is found wherever an address may have one") {
    for (const auto* const address :
         {"postgresql://u:p@h/d", "postgresql://u:@h/d", "postgresql://:p@/d", "postgres://u:a@b@h/d",
          "postgresql://u:a/b@h/d", "postgresql://u:a?b@h/d", "postgresql://h/d?password=p",
          "postgresql://h/d?sslmode=require&password=p", "postgresql://h?PASSWORD=p", "postgresql://h/d?pass%77ord=p",
          "postgresql://h/d?sslpassword=p"}) {
        INFO(address);
        CHECK(store::has_password(address));
    }
    for (const auto* const address :
         {"postgresql://", "postgresql:///d", "postgresql://u@h/d", "postgresql://u@h:5432/d", "postgresql://a:1,b:2/d",
          "postgresql://u@[::1]:5432/d", "postgresql://[fe80::1]/d", "postgresql://u@h/d?passfile=/x", "service=x",
          "postgresql://h:1/d?application_name=a:b@c", "postgresql://u%3Ap@h/d", "postgresql://h/%ZZ?%Z=1"}) {
        INFO(address);
        CHECK_FALSE(store::has_password(address));
    }
}
