#pragma once

#include "core/render/exactness.hpp"

/// What a server does that knows no partners: the fields that its own options cannot express.
namespace xmppfed::core {

Judge unfiltered_type;
Judge uncounted_connections;
Judge unwatched_keepalive;
Judge undirected_proxy;

}  // namespace xmppfed::core
