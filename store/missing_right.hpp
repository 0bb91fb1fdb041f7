#pragma once

#include <string>
#include <string_view>

#include "core/error.hpp"
#include "store/right.hpp"

namespace xmppfed::store {

/// A role of a database lacks a right in the store. Who asks for the lock of a writer knows only that a change is to come,
/// which takes `operator_` at least.
class MissingRight : public core::Error {
  public:
    /// `store` is its name, quoted, `role` that of the database, or "" when nobody knows it.
    MissingRight(std::string_view store, std::string_view role, Right right, std::string_view why);

    /// The same of another right, which the change turned out to take.
    [[nodiscard]] MissingRight instead(Right right) const { return {store_, role_, right, cause}; }

  private:
    std::string store_;
    std::string role_;
};

}  // namespace xmppfed::store
