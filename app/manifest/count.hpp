#pragma once

#include <cstdint>
#include <string_view>

#include "app/circumstances.hpp"
#include "core/error.hpp"

namespace xmppfed::app {

/// Counts what is done of long work, and tells who wants to know.
class Count {
  public:
    Count(const Circumstances& circumstances, std::string_view what) : circumstances_{circumstances}, what_{what} {}
    Count(const Count&) = delete;
    Count& operator=(const Count&) = delete;
    ~Count() {
        if (circumstances_.progress != nullptr) {
            circumstances_.progress->end();
        }
    }

    /// One more is done. Throws failed, now and then, when somebody interrupts the work: who began a transaction undoes
    /// it.
    void add_one() {
        constexpr std::int64_t look_up_step = 1000;
        ++count_;
        if (circumstances_.progress != nullptr) {
            circumstances_.progress->at(what_, count_);
        }
        if (count_ % look_up_step == 0 && circumstances_.interrupted()) {
            throw core::Error{core::ErrorKind::failed, "stopped before anything was committed"};
        }
    }

    [[nodiscard]] std::int64_t value() const { return count_; }

  private:
    const Circumstances& circumstances_;
    std::string_view what_;
    std::int64_t count_ = 0;
};

}  // namespace xmppfed::app
