#include "core/report/html/folded_list.hpp"

#include <utility>

#include "core/report/figures.hpp"

namespace xmppfed::core {

void FoldedList::add(std::string name, const Html& item) {
    if (held_ == piece_size) {
        write_piece();
    }
    if (held_ == 0) {
        first_ = name;
    }
    last_ = std::move(name);
    items_ += item;
    ++held_;
}

void FoldedList::write_piece() {
    const bool is_open = frame_.newest_are_open && written_ == 0;
    const auto number = static_cast<std::int64_t>(held_);
    sink_((Html{is_open ? Html{"<details open>"} : Html{"<details>"}} + "<summary><bdi>" + Html::text(first_) +
           "</bdi> to <bdi>" + Html::text(last_) + "</bdi> <span class=\"note\">" +
           Html::text(counted_with_commas(number, frame_.noun)) + "</span></summary>\n" + frame_.head + items_ +
           frame_.foot + "</details>\n")
              .markup());
    written_ += number;
    items_ = {};
    held_ = 0;
}

std::int64_t FoldedList::end() {
    if (held_ > 0 && written_ > 0) {
        write_piece();
    } else if (held_ > 0) {
        sink_((frame_.head + items_ + frame_.foot).markup());
        written_ += static_cast<std::int64_t>(held_);
    }
    return written_;
}

}  // namespace xmppfed::core
