#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/render/server_files.hpp"
#include "cli/line/command.hpp"
#include "cli/view/rendering_view.hpp"
#include "core/render/renderings.hpp"

namespace xmppfed::cli {

/// What somebody said to a command that renders for a server.
class RenderRequest : public CommandRequest {
  public:
    explicit RenderRequest(const core::ServerKind& server) : server_{server} {}
    void bind(OptionSet& options) override;
    ExitCode run(Context& context) const override;

  private:
    [[nodiscard]] bool prints() const { return to_ && *to_ == "-"; }
    [[nodiscard]] std::string folder(Context& context) const;
    void refuse_contradictions(Context& context) const;
    void refuse_inexact(Context& context, const core::Diagnostics& diagnostics) const;
    [[nodiscard]] view::ServerResult judged(Context& context) const;
    [[nodiscard]] view::Written put(Context& context, const app::ServerFiles& files) const;

    const core::ServerKind& server_;
    const core::ServerRendering* mode_ = &server_.modes.rows.front();
    std::string target_{server_.versions.front().name};
    std::optional<std::string> to_;
    std::vector<std::string> hosts_;
    std::optional<std::string> reload_command_;
    bool if_changed_ = false;
    bool allow_inexact_ = false;
};

}  // namespace xmppfed::cli
