#pragma once

#include <memory>
#include <string>

#include "store/site.hpp"

namespace xmppfed::test {

/// The address of the database that tests may use, whatever is in it: $XMPPFED_TEST_POSTGRES, which the process tests
/// `postgres_*_test` set. None: there is no server.
[[nodiscard]] const char* database_address();

/// Takes the store out of that database, if there is one.
void empty_database();

/// The site of a store in that database, which the first change makes, as that of a file. Its clock stands at
/// `location.now`.
[[nodiscard]] std::unique_ptr<store::Site> site_in_database(const store::Location& location);

}  // namespace xmppfed::test
