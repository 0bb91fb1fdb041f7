#pragma once

#include "core/render/server_book.hpp"
#include "store/store.hpp"

namespace xmppfed::app {

/// What a server is configured by, of one view of the store. The hosts are those given, else our XMPP domains; throws a
/// refusal (`edge-incomplete`) when there are none, or one is no domain.
[[nodiscard]] core::ServerBook read_server_book(store::Reader& reader, const std::vector<std::string>& hosts);

}  // namespace xmppfed::app
