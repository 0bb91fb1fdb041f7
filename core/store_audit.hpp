#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/diagnostic.hpp"
#include "core/error.hpp"
#include "core/history/history_entry.hpp"

/// What a store holds, against what its own history says of it.
namespace xmppfed::core {

/// A diagnostic on what no command writes. `message` and `partner` are safe for a terminal.
[[nodiscard]] Diagnostic damage(std::string message, std::string partner = {});

/// Message and cause of an error, for such a diagnostic.
[[nodiscard]] std::string text_of(const Error& error);

/// Follows the history, then compares what the store holds with where it ended. Every change goes through the history, so
/// that what differs was written past the program or has rotted. First all entries are added, then each subject has its
/// turn: the entries under its name are followed, and what is there is compared. Only one subject is kept at a time.
class StoreAudit {
  public:
    /// The next entry; oldest first. What it has recorded of its subject need not be there.
    void add(HistoryEntry entry);
    /// The next entry, which cannot be read.
    void add_unreadable(std::int64_t sequence, std::string_view cause);
    /// What follows cannot be got at.
    void break_off();

    /// The next entry under a name, oldest first, all of one name together. An entry that renames is under two: the
    /// former name, which ends with it, and its own.
    void follow(HistoryEntry entry, std::string name);

    /// What there is, behind the entries under its name.
    void compare(const CommittedPartner& partner);
    void compare(const Edge& edge);
    void compare(const Gateway& gateway);
    void compare(const CertRequest& request);
    /// Something that is there and cannot be read. `name` is as in the history.
    void compare_unreadable(Subject subject, const std::string& name, std::string_view cause);

    /// All diagnostics, on what was not compared too: it was committed and is not there. The revision is none where the
    /// store does not say.
    [[nodiscard]] Diagnostics finish(std::optional<std::int64_t> store_revision);

  private:
    /// Which entry a diagnostic is on, and, of several, what they were looked at for.
    enum class Look { order, beginning, names };
    using Occasion = std::pair<std::int64_t, Look>;
    using Key = std::pair<Subject, std::string>;

    /// Where the history has left a subject.
    struct State {
        Key key{Subject::partner, {}};
        bool is_there = false;
        std::optional<std::string> text = std::nullopt;      ///< none where an entry could not be read
        std::optional<std::string> recorded = std::nullopt;  ///< the text as the entry has it
        std::string name = {};                               ///< what the text calls a partner
    };

    struct Side;
    using Sides = std::pair<Side, Side>;

    /// An entry that is not followed yet.
    struct Waiting {
        HistoryEntry entry;
        std::string name;
    };

    /// A partner that is sure to be read from its text.
    struct Known {
        const std::string& text;
        const std::string& name;
    };

    [[nodiscard]] std::optional<Side> plain_side(const std::optional<std::string>& text, const Known* known) const;
    [[nodiscard]] Sides sides_of(const HistoryEntry& entry, const Known* known) const;
    void follow_waiting(const Known* known = nullptr);
    void turn_to(const Key& key);
    void check_order(const HistoryEntry& entry);
    void check_names(const HistoryEntry& entry, const Side& before, const Side& after);
    void check_beginning(const HistoryEntry& entry, const Side& before);
    void compare(const Key& key, const std::string& actual);
    void compare_whole(Subject subject, const Json& actual);
    void add_to_history(std::int64_t sequence, Look look, std::string message, const Key& key = {Subject::edge, {}});

    std::vector<std::pair<Occasion, Diagnostic>> on_history_;
    Diagnostics on_what_is_there_;
    Diagnostics on_what_is_gone_;
    HistoryEntry last_;
    bool last_is_known_ = true;
    std::int64_t known_until_ = std::numeric_limits<std::int64_t>::max();  ///< the first entry behind a missing one
    State state_;
    std::optional<Waiting> waiting_;  ///< until it is known whether what is there has its very text
};

}  // namespace xmppfed::core
