#pragma once

#include <cstdint>

#include "cli/context.hpp"
#include "cli/view/list_view.hpp"

namespace xmppfed::cli::view {

/// The output of a check: its findings as they come, then how many there were.
class FindingsView {
  public:
    explicit FindingsView(Context& context);

    void begin();
    void add(const core::Diagnostics& diagnostics);

    /// `checked` things of that name were looked at.
    void end(std::int64_t checked, std::string_view noun);

  private:
    Context& context_;
    std::unique_ptr<ListView> list_;  ///< none for text
    std::int64_t errors_ = 0;
    std::int64_t warnings_ = 0;
};

}  // namespace xmppfed::cli::view
