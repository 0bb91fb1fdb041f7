#include "net/dns/stub_resolver.hpp"

#include <memory>

#include "net/dns/query.hpp"

namespace xmppfed::net {

void StubResolver::ask(const Question& question, Receiver receive) {
    auto query = std::make_shared<Query>(
        QueryPlan{.question = question, .servers = servers_, .trust = trust_, .timeout = timeout_}, std::move(receive));
    query->begin();
    loop_.start(std::move(query));
}

}  // namespace xmppfed::net
