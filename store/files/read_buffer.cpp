#include "store/files/read_buffer.hpp"

#include <string.h>  // explicit_bzero

#include <algorithm>
#include <utility>

namespace xmppfed::store {

namespace {

/// More than a `std::string` keeps inside itself, where moving it leaves a copy.
constexpr std::size_t least_room = 64;

}  // namespace

ReadBuffer::ReadBuffer(std::size_t expected) : text_(std::max(expected + 1, least_room), '\0') {}

ReadBuffer::~ReadBuffer() {
    ::explicit_bzero(text_.data(), text_.size());
}

std::span<char> ReadBuffer::room() {
    if (size_ == text_.size()) {
        std::string larger(2 * size_, '\0');
        std::ranges::copy(text_, larger.begin());
        text_.swap(larger);
        ::explicit_bzero(larger.data(), larger.size());
    }
    return std::span{text_}.subspan(size_);
}

std::string ReadBuffer::take() {
    text_.resize(size_);
    size_ = 0;
    return std::exchange(text_, {});
}

}  // namespace xmppfed::store
