#pragma once

#include "app/circumstances.hpp"
#include "cli/terminal/messages.hpp"

namespace xmppfed::cli {

/// One line on a terminal that says how far long work has come, and is gone when the work is.
class ProgressLine : public app::Progress {
  public:
    explicit ProgressLine(Messages& messages) : messages_{messages} {}

    void at(std::string_view what, std::int64_t count) override;
    void end() override;

  private:
    Messages& messages_;
    bool shown_ = false;
};

}  // namespace xmppfed::cli
