#pragma once

#include <cstdint>
#include <string_view>

#include "cli/context.hpp"

namespace xmppfed::cli {

/// One line on a terminal that says how far long work has come, and is gone when the work is. Nothing is shown where
/// standard error is no terminal, or with --quiet.
class Progress {
  public:
    explicit Progress(Context& context);
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress();

    /// `what` is done to `count` things so far. Cheap to call for each.
    void at(std::string_view what, std::int64_t count);

  private:
    Context& context_;
    bool wanted_;
    bool shown_ = false;
};

}  // namespace xmppfed::cli
