#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace xmppfed::pki {

/// From here on secrets, and the secret numbers of keys, live in pages of their own: they are locked as far as the limit
/// of the process (RLIMIT_MEMLOCK) allows, left out of core files, and have inaccessible pages around them. To be called
/// again does nothing. Without it secrets are only wiped.
void lock_secrets();

/// Comes last, in a function whose callers have no secrets: wipes what earlier calls left of secrets on the stack, if
/// `lock_secrets` was called. OpenSSL works there, and what was in registers is saved there.
void wipe_stack();

/// A secret text in memory of its own, which is wiped when it goes.
class Secret {
  public:
    Secret() = default;
    explicit Secret(std::string&& text);  ///< wipes what it takes
    [[nodiscard]] static Secret copy_of(std::string_view text);
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret();

    [[nodiscard]] std::string_view text() const { return {data_ == nullptr ? "" : data_, size_}; }  ///< a NUL follows
    [[nodiscard]] bool empty() const { return size_ == 0; }

  private:
    Secret(const char* text, std::size_t size);
    char* data_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace xmppfed::pki
