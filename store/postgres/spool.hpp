#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "store/files/open_directory.hpp"
#include "store/spool.hpp"

namespace xmppfed::store {

/// A spool on this machine, as rows of COPY: in memory while it is small, then in a file without a name. No connection
/// is needed until it is compared, so that slow input holds nothing up.
class PostgresSpool : public Spool {
  public:
    void add(const core::Partner& partner, std::string_view places) override;

    /// The columns of the rows: number, those that are wanted of a partner, the additional domains as a JSON array, places.
    [[nodiscard]] static std::string columns();

    /// Gives all rows, from the beginning, piece by piece; an empty piece is the end.
    [[nodiscard]] std::function<std::string_view()> rows();

  private:
    void write_to_file();
    std::string_view read_from_file();

    std::int64_t count_ = 0;
    std::string buffer_;
    std::optional<Descriptor> file_;
    off_t read_ = 0;  ///< octets of the file so far
    std::string piece_;
};

}  // namespace xmppfed::store
