#pragma once

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/text/json/json.hpp"

namespace xmppfed::core {

/// A JSON object that is appended to a text member by member, as `to_text` spells and lays it out, without a document
/// that is built first: of a whole book each partner is one.
class ObjectText {
  public:
    /// `text` must outlive it; `depth` is that of `to_text`. Keys are ours: none needs an escape.
    ObjectText(std::string& text, JsonLayout layout, int depth = 0);

    void null(std::string_view key);
    void member(std::string_view key, std::string_view value);
    void member(std::string_view key, std::int64_t value);
    void member(std::string_view key, std::span<const std::string> values);
    void member(std::string_view key, std::span<const std::string_view> values);

    /// A template, so that no pointer becomes a truth.
    template <std::same_as<bool> Truth>
    void member(std::string_view key, Truth value) {
        begin_member(key);
        text_ += value ? "true" : "false";
    }

    /// No member follows.
    void end();

  private:
    void begin_member(std::string_view key);
    void append_items(std::string_view key, const auto& values);

    std::string& text_;
    std::string line_;        ///< what ends the line before a member; nothing in a compact text
    std::string separator_;   ///< what stands before a key, which it begins
    std::string_view colon_;  ///< behind a key, which it ends
    bool is_empty_ = true;
};

}  // namespace xmppfed::core
