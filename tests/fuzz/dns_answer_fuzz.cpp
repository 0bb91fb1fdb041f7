#include "core/text/text.hpp"
#include "net/dns/message.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace xmppfed;
using fuzz::require;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto octets = fuzz::text_of(data, size);
    const net::Question question{"a.example", net::RecordType::srv};
    const auto answer = net::read_answer(octets, question, 0);
    if (!answer) {
        return 0;
    }
    require(core::is_safe(answer->extended_error), "a reason can be shown");
    for (const auto& record : answer->records) {
        require(!record.value.empty() && core::is_plain_ascii(record.value), "a value is plain");
        require(core::is_plain_ascii(record.owner), "a name is plain");
    }
    return 0;
}
