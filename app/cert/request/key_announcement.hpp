#pragma once

#include <string>
#include <utility>

#include "app/book.hpp"

namespace xmppfed::app {

/// A place where a key is about to be written, which the store is told before: a process that is killed leaves no key
/// that nobody knows of. Unless `settle` is called, destruction takes the announcement back.
class KeyAnnouncement {
  public:
    /// The path of a key file that is about to be made, or what `announced_directory` returns. Forms of that file
    /// which a killed process left unfinished are taken away. Throws when the announcement is not durable.
    KeyAnnouncement(Book& book, std::string place);
    KeyAnnouncement(const KeyAnnouncement&) = delete;
    KeyAnnouncement& operator=(const KeyAnnouncement&) = delete;
    ~KeyAnnouncement() {
        if (open_) {
            take_back();
        }
    }

    /// What the key is for is recorded, which took the announcement back, or may be.
    void settle() { open_ = false; }

  private:
    void take_back() noexcept;

    Book& book_;
    store::KeyPlace place_;
    bool open_ = true;
};

/// How a directory of certificates is announced: no key file has such a name.
[[nodiscard]] inline std::string announced_directory(const std::string& path) {
    return path + "/";
}

}  // namespace xmppfed::app
