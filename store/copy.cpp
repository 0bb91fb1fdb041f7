#include "store/copy.hpp"

namespace xmppfed::store {

namespace {

constexpr std::size_t at_once = 1000;

/// Hands on what is added, many at a time.
template <class Item, class Put>
class Batches {
  public:
    explicit Batches(Put put) : put_{std::move(put)} {}

    void add(const Item& item) {
        items_.push_back(item);
        if (items_.size() == at_once) {
            flush();
        }
    }
    void flush() {
        if (!items_.empty()) {
            put_(items_);
            items_.clear();
        }
    }

  private:
    Put put_;
    std::vector<Item> items_;
};

template <class Item, class Put>
Batches<Item, Put> batches_of(Put put) {
    return Batches<Item, Put>{std::move(put)};
}

}  // namespace

void copy_store(Reader& from, Writer& to, std::string_view now) {
    auto partners = batches_of<core::CommittedPartner>([&](const auto& some) { to.put_partners(some); });
    from.visit_partners([&](const core::CommittedPartner& partner) {
        partners.add(partner);
        return true;
    });
    partners.flush();
    if (const auto edge = from.edge(); edge != core::Edge{}) {
        to.put_edge(edge);
    }
    if (const auto gateway = from.gateway(); gateway != core::Gateway{}) {
        to.put_gateway(gateway);
    }
    for (const auto& request : from.cert_requests()) {
        to.put_cert_request(request);
    }
    for (const auto& place : from.unfinished_keys()) {
        to.announce_key(place, now);
    }
    auto entries = batches_of<core::HistoryEntry>([&](const auto& some) { to.take_over(some); });
    from.visit_history({}, [&](const core::HistoryEntry& entry) {
        entries.add(entry);
        return true;
    });
    entries.flush();
    const auto summary = from.summary();
    to.take_over(summary.store_revision, summary.created_at);
}

}  // namespace xmppfed::store
