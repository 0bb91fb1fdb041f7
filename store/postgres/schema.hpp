#pragma once

#include <span>

#include "store/postgres/link/connection.hpp"
#include "store/site.hpp"

namespace xmppfed::store {

/// A transaction of the owner's, who needs no table to be there yet; undone unless it is committed.
class Definition {
  public:
    /// Begins it. The connection must outlive this.
    explicit Definition(PostgresConnection& connection);
    Definition(const Definition&) = delete;
    Definition& operator=(const Definition&) = delete;
    ~Definition();

    /// Makes the schema, or brings it to the newest version. Throws failed for a role that is not its owner, for a newer
    /// one, and for a database that is not in UTF-8.
    void make_schema();

    /// Gives each role the right, and takes any other that it had in the store. Throws not-found for an unknown role.
    void grant(std::span<const Grant> grants);

    void commit();

  private:
    PostgresConnection& connection_;
};

/// The same, and commits it.
void make_schema(PostgresConnection& connection);

/// Gives rights and commits that.
void grant_rights(PostgresConnection& connection, std::span<const Grant> grants);

}  // namespace xmppfed::store
