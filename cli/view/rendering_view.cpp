#include "cli/view/rendering_view.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/view/layout/json_writer.hpp"
#include "core/text/line_diff.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli::view {

namespace {

using core::Json;

constexpr std::ptrdiff_t most_new_lines = 200;  ///< of a file that is not there yet

bool is_changed(const RenderedFile& file) {
    return file.before != file.content;
}

/// Piece by piece: a large book has a hundred thousand fields and as many findings.
void print_json(const Display& display, const ServerResult& result) {
    JsonWriter writer{display.out};
    const auto write_list = [&](std::string_view key, const auto& items, const auto& json_of) {
        writer.key(key);
        writer.begin_array();
        for (const auto& item : items) {
            writer.value(json_of(item));
        }
        writer.end();
    };
    writer.begin_object();
    writer.members(document_head("rendering"));
    if (display.dry_run) {
        writer.member("dry_run", true);
    }
    writer.members(Json::object({{"server", result.server.name},
                                 {"target", result.target},
                                 {"mode", result.rendering.value.name},
                                 {"hosts", result.book.hosts},
                                 {"store_revision", result.book.store_revision}}));
    write_list("files", result.files, [&](const RenderedFile& file) {
        return Json::object({{"path", core::path_json(file.path)},
                             {"sha256", file.sha256},
                             {"changed", is_changed(file)},
                             {"written", result.written == Written::yes}});
    });
    write_list("exactness", result.exactness, [](const core::FieldExactness& one) { return core::to_json(one); });
    write_list("diagnostics", result.diagnostics, [](const core::Diagnostic& one) { return core::to_json(one); });
    writer.end();
}

/// The difference that writing a file would make, in the form that `patch` reads.
std::string difference(const RenderedFile& file) {
    const auto lines = std::ranges::count(file.content, '\n');
    const auto path = core::escape(file.path);
    if (!file.before && lines > most_new_lines) {
        return fmt::format("new file {}: {} lines\n", path, lines);
    }
    return fmt::format("--- {}\n+++ {}\n{}", file.before ? path : "/dev/null", path,
                       core::line_diff(file.before.value_or(""), file.content));
}

void print_differences(const Display& display, const std::vector<RenderedFile>& files) {
    bool differs = false;
    for (const auto& file : files) {
        if (is_changed(file)) {
            differs = true;
            display.out.write(core::lines_for(display.medium, difference(file)));
        }
    }
    if (!differs) {
        display.messages.note("nothing would change: all files are as they would be written");
    }
}

std::string_view state_of(const RenderedFile& file, Written written) {
    if (written == Written::yes) {
        return is_changed(file) ? "written" : "written again";
    }
    return "unchanged";
}

std::string exactness_text(const std::vector<core::FieldExactness>& all) {
    const auto exact = std::ranges::count_if(
        all, [](const core::FieldExactness& one) { return one.verdict.fidelity == core::Fidelity::exact; });
    return exact == std::ssize(all) ? "Exact: every field of each partner, in both directions."
                                    : fmt::format("Exact: {} of {} fields and directions.", exact, all.size());
}

}  // namespace

void print_server_result(const Display& display, const ServerResult& result) {
    if (display.format == Format::json) {
        print_json(display, result);
        return;
    }
    if (result.written == Written::not_yet) {
        print_differences(display, result.files);
        return;
    }
    if (display.quiet) {
        return;
    }
    std::string text;
    for (const auto& file : result.files) {
        text += fmt::format("{}: {}\n", core::escape(file.path), state_of(file, result.written));
    }
    const auto enabled = std::ranges::count_if(result.book.partners, core::is_enabled);
    text += fmt::format("{} {}, mode {}: store revision {}, {}.\n", result.server.label, result.target,
                        result.rendering.value.name, result.book.store_revision,
                        core::counted(static_cast<std::size_t>(enabled), "partner"));
    text += exactness_text(result.exactness) + "\n";
    display.print_text(text);
}

}  // namespace xmppfed::cli::view
