#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/diagnostic.hpp"
#include "core/error.hpp"
#include "core/history_entry.hpp"

/// What a store holds, against what its own history says of it.
namespace xmppfed::core {

/// A diagnostic on what no command writes. `message` and `partner` are safe for a terminal.
[[nodiscard]] Diagnostic damage(std::string message, std::string partner = {});

/// Message and cause of an error, for such a diagnostic.
[[nodiscard]] std::string text_of(const Error& error);

/// Follows the history from its first entry to its last, then compares what the store holds with where it ended. Every
/// change goes through the history, so that what differs was written past the program or has rotted.
class StoreAudit {
  public:
    /// The next entry; oldest first.
    void add(const HistoryEntry& entry);
    /// The next entry, which cannot be read.
    void add_unreadable(std::int64_t sequence, std::string_view cause);

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
    /// Where the history has left a subject: a text, or none where an entry could not be read.
    using State = std::optional<std::string>;
    using Key = std::pair<Subject, std::string>;

    void check_order(const HistoryEntry& entry);
    void check_names(const HistoryEntry& entry, const Json& before, const Json& after);
    void check_beginning(const HistoryEntry& entry);
    void compare(const Key& key, const std::string& actual);
    void compare_whole(Subject subject, const Json& actual);
    void add_diagnostic(std::string message, const Key& key = {Subject::edge, {}});

    Diagnostics diagnostics_;
    std::map<Key, State> states_;
    HistoryEntry last_;
    bool last_is_known_ = true;
    bool all_were_read_ = true;
};

}  // namespace xmppfed::core
