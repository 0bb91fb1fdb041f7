#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/commit.hpp"
#include "cli/settings/globals.hpp"
#include "cli/settings/settings_files.hpp"
#include "cli/terminal/messages.hpp"
#include "cli/terminal/progress.hpp"
#include "cli/terminal/world.hpp"
#include "cli/view/layout/display.hpp"
#include "core/text/text.hpp"

namespace xmppfed::cli {

/// What is done, and lasts when standard output cannot be written.
struct Achievement {
    std::string_view what;  ///< "the change was committed"
    std::string_view hint;  ///< where to look instead
};

/// How many partners a command was asked about: of several, each thing that is told names whose it is.
enum class Scope { one, several };

/// What a running command works with.
class Context {
  public:
    Context(const World& world, const SettingsFiles& settings, const Globals& globals, Messages& messages)
        : world_{world}, settings_{settings}, globals_{globals}, messages_{messages} {}

    [[nodiscard]] const World& world() const { return world_; }
    [[nodiscard]] const SettingsFiles& settings() const { return settings_; }
    [[nodiscard]] const Globals& globals() const { return globals_; }
    [[nodiscard]] Messages& messages() { return messages_; }
    [[nodiscard]] Output& out() { return world_.out; }
    [[nodiscard]] Style style() const;

    /// What is written to standard output is for.
    [[nodiscard]] core::Medium medium() const {
        return world_.terminal.stdout_is_one ? core::Medium::terminal : core::Medium::file;
    }

    /// Standard output, for views.
    [[nodiscard]] view::Display display();

    /// What use cases are told of the user and of the machine.
    [[nodiscard]] const app::Circumstances& circumstances();

    /// Where the store is. Throws a usage error when there is no place for it.
    [[nodiscard]] std::string store_path() const;

    /// The partner book. Warns, once, of others who could put something in the place of its store, and throws failed
    /// where root must not use it.
    [[nodiscard]] app::Book& book();

    /// Its store; a missing one is an empty one.
    [[nodiscard]] store::Store& store() { return book().store(); }

    /// The same for a command that has nothing to say of a missing store: throws not-found.
    [[nodiscard]] store::Store& existing_store();

    /// Decides and commits, as `app::commit` does, then tells of it.
    core::ChangeSet commit(const app::Decide& decide, const app::Alongside& alongside = {}, Scope scope = Scope::one) {
        return tell(app::commit(book(), decide, alongside), scope);
    }

    /// Says what is to be said of a commit: notes, diagnostics, what would change, how it ended.
    core::ChangeSet tell(app::Settled&& settled, Scope scope = Scope::one);

    /// What was asked for has come to this: says so when nothing changed, or when it was a dry run.
    void conclude(app::Outcome outcome);

    /// What was asked is done, if nothing but its output is missing: a failure after it must say so.
    void achieve(const Achievement& achievement) { achievement_ = achievement; }
    [[nodiscard]] const std::optional<Achievement>& achievement() const { return achievement_; }

    /// Whether questions can be asked.
    [[nodiscard]] bool is_interactive() const;

    /// Asks a question that `y` or `yes` affirms. Throws failed when it is declined, and a usage error that names
    /// `option` where nothing can be asked.
    void confirm(std::string_view question, std::string_view option);

  private:
    const World& world_;
    const SettingsFiles& settings_;
    const Globals& globals_;
    Messages& messages_;
    std::optional<ProgressLine> progress_;
    std::optional<app::Circumstances> circumstances_;
    std::optional<app::Book> book_;
    std::optional<Achievement> achievement_;
};

/// Whether an answer says yes: `y` or `yes` in any case.
[[nodiscard]] bool affirms(std::string_view answer);

}  // namespace xmppfed::cli
