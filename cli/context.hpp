#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cli/line/globals.hpp"
#include "cli/terminal/messages.hpp"
#include "cli/terminal/world.hpp"
#include "core/change_set.hpp"
#include "core/text/text.hpp"
#include "store/open.hpp"

namespace xmppfed::cli {

/// Looks at the store and decides what to change; it changes nothing itself.
using Decide = std::function<core::ChangeSet(store::Reader& reader, std::string_view now)>;

/// Looks at a store, and writes when there is a writer. Returns whether there is anything to commit.
using Work = std::function<bool(store::Reader& reader, store::Writer* writer, const core::Commit& commit)>;

/// What happens outside of the store at the moment of a commit. Who gives this takes back what was done, unless `keep` was
/// called.
struct Alongside {
    std::function<void()> act = {};   ///< while no other process commits; when it throws nothing is committed
    std::function<void()> keep = {};  ///< what was asked for is there, or may be: what belongs to it must stay
};

/// What is done, and lasts when standard output cannot be written.
struct Achievement {
    std::string_view what;  ///< "the change was committed"
    std::string_view hint;  ///< where to look instead
};

/// What a running command works with.
class Context {
  public:
    Context(const World& world, const Globals& globals, Messages& messages)
        : world_{world}, globals_{globals}, messages_{messages} {}

    [[nodiscard]] const World& world() const { return world_; }
    [[nodiscard]] const Globals& globals() const { return globals_; }
    [[nodiscard]] Messages& messages() { return messages_; }
    [[nodiscard]] Output& out() { return world_.out; }
    [[nodiscard]] Style style() const;

    /// The columns that text on standard output may take; none: any number.
    [[nodiscard]] std::optional<std::size_t> columns() const { return world_.terminal.columns; }

    /// What is written to standard output is for.
    [[nodiscard]] core::Medium medium() const {
        return world_.terminal.stdout_is_one ? core::Medium::terminal : core::Medium::file;
    }

    [[nodiscard]] store::Location location() const;

    /// Where the store is, for whoever opens it: warns, once, of others who could put something in its place, and throws
    /// failed where root must not use it.
    [[nodiscard]] store::Location trusted_location();

    /// Opens the store, which stays open as long as the context. A missing store is an empty one.
    [[nodiscard]] store::Store& store();

    /// The same for a command that has nothing to say of a missing store: throws not-found.
    [[nodiscard]] store::Store& existing_store();

    /// A warning when there is no store: whoever expects one has probably mistyped its path.
    [[nodiscard]] core::Diagnostics missing_store() const;

    /// Carries out one commit: `work` looks at the store and, when it is given a writer, writes into its transaction;
    /// it returns whether there is anything to commit, and refuses by throwing. No writer is given in a dry run, nor at
    /// the first look at a store that does not exist yet: a refusal, a dry run or work that changes nothing must not
    /// leave a store behind. `work` may be called twice. Throws when the commit is not durable, and says what became of
    /// it.
    void transact(const Work& work, const Alongside& alongside = {});

    /// Decides and commits in one transaction: refuses what is unsound (see --strict), writes the changes and their
    /// history, then prints notes and warnings. Nothing is written, and no store is made, by a refusal, a dry run or a
    /// decision that changes nothing. `decide` may be called twice.
    core::ChangeSet commit(const Decide& decide, const Alongside& alongside = {});

    /// Says so when nothing changed, or when it was a dry run.
    void tell_outcome(bool changed);

    /// What was asked is done, if nothing but its output is missing: a failure after it must say so.
    void achieve(const Achievement& achievement) { achievement_ = achievement; }
    [[nodiscard]] const std::optional<Achievement>& achievement() const { return achievement_; }

    /// Whether questions can be asked.
    [[nodiscard]] bool is_interactive() const;

    /// Asks a question that `y` or `yes` affirms. Throws failed when it is declined, and a usage error that names
    /// `option` where nothing can be asked.
    void confirm(std::string_view question, std::string_view option);

    /// Prints text for a person, whole lines of it, wrapped to the terminal if there is one.
    void print_text(std::string_view text);

    /// Prints a JSON document: format_version, kind, dry_run where it applies, then the members.
    void print_document(std::string_view kind, const core::Json& members);

    /// Whether the table output of a changing command is wanted.
    [[nodiscard]] bool wants_table() const { return !globals_.quiet; }

  private:
    /// What is asked for is there already. A dry run is asked to tell that, so that it is nothing without its output.
    void achieve_nothing(const Alongside& alongside);

    void settle(const store::CommitOutcome& outcome, const Alongside& alongside);

    const World& world_;
    const Globals& globals_;
    Messages& messages_;
    std::unique_ptr<store::Store> store_;
    std::optional<Achievement> achievement_;
    bool is_place_judged_ = false;
};

/// Whether an answer says yes: `y` or `yes` in any case.
[[nodiscard]] bool affirms(std::string_view answer);

/// The first members of every document.
[[nodiscard]] core::Json document_head(std::string_view kind);

}  // namespace xmppfed::cli
