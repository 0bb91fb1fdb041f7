#include "core/text/text.hpp"
#include "net/stream/stream_reader.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace xmppfed;
using fuzz::require;

namespace {

bool are_the_same(const net::Heard& one, const net::Heard& other) {
    return one.problem.empty() == other.problem.empty() && one.has_header == other.has_header &&
           one.has_features == other.has_features && one.has_ended == other.has_ended &&
           one.features.mechanisms == other.features.mechanisms && one.features.starttls == other.features.starttls &&
           one.features.dialback == other.features.dialback && one.fault.has_value() == other.fault.has_value();
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    net::StreamReader whole;
    whole.read(text);
    net::StreamReader split;
    for (std::size_t i = 0; i < text.size(); ++i) {
        split.read(text.substr(i, 1));
    }
    const auto& heard = whole.heard();
    require(are_the_same(heard, split.heard()), "how a stream is split does not matter");
    require(core::is_safe(heard.problem), "a problem can be shown");
    require(heard.features.mechanisms.size() <= 32, "what is kept is bounded");
    if (heard.fault) {
        require(core::is_utf8(heard.fault->text) && heard.fault->text.size() <= 1024, "a text is whole and bounded");
    }
    return 0;
}
