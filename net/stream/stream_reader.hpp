#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/probe/stream_facts.hpp"

namespace xmppfed::net {

/// What a server has said on one stream so far.
struct Heard {
    bool has_header = false;
    core::StreamFeatures features;           ///< `has_version` comes with the header
    bool has_features = false;               ///< they are complete
    bool proceeds = false;                   ///< STARTTLS may begin
    bool refuses_tls = false;                ///< or not
    std::optional<core::StreamFault> fault;  ///< it ends the stream; here as soon as it is complete
    core::Authentication authentication = core::Authentication::not_tried;
    std::string authentication_condition;  ///< why not
    bool has_ended = false;                ///< </stream:stream>
    std::string problem;                   ///< it is no XMPP stream: why, safe for a terminal
};

/// Reads one stream as it comes, in pieces of any size. What comes is hostile: there is no DTD, and depth, names, texts
/// and the whole are bounded.
class StreamReader {
  public:
    StreamReader();
    StreamReader(const StreamReader&) = delete;
    StreamReader& operator=(const StreamReader&) = delete;
    ~StreamReader();

    /// Nothing more is read once there is a problem.
    void read(std::string_view octets);

    [[nodiscard]] const Heard& heard() const;

  private:
    class Parser;
    std::unique_ptr<Parser> parser_;
};

}  // namespace xmppfed::net
