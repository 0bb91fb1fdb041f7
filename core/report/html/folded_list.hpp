#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/partner/allowlist_script.hpp"
#include "core/report/html/html.hpp"

namespace xmppfed::core {

/// What stands around the items of a list, each time, and how they are called.
struct ListFrame {
    Html head;
    Html foot;
    std::string_view noun;         ///< "partner"
    bool newest_are_open = false;  ///< the first piece of a long list is not folded away
};

/// Writes a list that may be long. A short one stands there whole; a long one comes in pieces that are folded away under
/// what each begins and ends with, where a browser's search still finds what is in them. One piece is held in memory.
class FoldedList {
  public:
    static constexpr std::size_t piece_size = 250;

    FoldedList(ListFrame frame, const TextSink& sink) : frame_{std::move(frame)}, sink_{sink} {}

    /// `name` is the item in the summary of its piece.
    void add(std::string name, const Html& item);

    /// There are no more. Returns how many there were.
    std::int64_t end();

  private:
    void write_piece();

    ListFrame frame_;
    const TextSink& sink_;
    Html items_;
    std::size_t held_ = 0;
    std::string first_;
    std::string last_;
    std::int64_t written_ = 0;
};

}  // namespace xmppfed::core
