#include "app/probe/side_by_side.hpp"

#include <algorithm>

namespace xmppfed::app {

void side_by_side(net::Loop& loop, const Crowd& crowd, const Circumstances& circumstances, const Begin& begin) {
    std::size_t next = 0;
    std::int64_t over = 0;
    std::function<void()> done;
    const auto begin_next = [&] {
        if (next < crowd.count) {
            begin(next++, done);
        }
    };
    done = [&] {
        if (circumstances.progress != nullptr) {
            circumstances.progress->at(crowd.progress, ++over);
        }
        begin_next();
    };
    for (std::size_t i = 0; i < std::min(crowd.parallel, crowd.count); ++i) {
        begin_next();
    }
    loop.run(circumstances.interrupted);
    if (circumstances.progress != nullptr) {
        circumstances.progress->end();
    }
}

}  // namespace xmppfed::app
