#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace xmppfed::store {

/// What has been read of a file, which may be a secret: nothing of it stays in memory that is given back.
class ReadBuffer {
  public:
    /// Does not grow until more than `expected` octets are there.
    explicit ReadBuffer(std::size_t expected);
    ReadBuffer(const ReadBuffer&) = delete;
    ReadBuffer& operator=(const ReadBuffer&) = delete;
    ~ReadBuffer();

    /// Where the next octets go; never empty.
    [[nodiscard]] std::span<char> room();

    /// So many have been put there.
    void add(std::size_t count) { size_ += count; }

    [[nodiscard]] std::size_t size() const { return size_; }

    /// Hands everything over, without a copy.
    [[nodiscard]] std::string take();

  private:
    std::string text_;
    std::size_t size_ = 0;
};

}  // namespace xmppfed::store
