#pragma once

#include "core/render/exactness.hpp"

/// What a server does that knows no partners: the fields that its own options cannot express.
namespace xmppfed::core {

[[nodiscard]] Verdict unfiltered_type(const Partner& partner, Direction direction);
[[nodiscard]] Verdict uncounted_connections(const Partner& partner);
[[nodiscard]] Verdict unwatched_keepalive(const Partner& partner);
[[nodiscard]] Verdict undirected_proxy(const Partner& partner);

}  // namespace xmppfed::core
