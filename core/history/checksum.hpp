#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace xmppfed::core {

/// A checksum over the values of a row, in the order of its columns (FNV-1a, 64 bits). It finds what a disk or a stray
/// hand has changed; whoever means to deceive can compute it. A value that is none counts for nothing, so that a column
/// which is added behind the others leaves the checksums of older rows as they are.
class Checksum {
  public:
    void add(std::optional<std::string_view> value);

    [[nodiscard]] std::int64_t value() const { return static_cast<std::int64_t>(state_); }

  private:
    void mix(std::string_view octets);
    void mix(std::uint64_t number);

    std::uint64_t state_ = 0xcbf29ce484222325;  // the offset basis
    std::uint64_t position_ = 0;
};

}  // namespace xmppfed::core
