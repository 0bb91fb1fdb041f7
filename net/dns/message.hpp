#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace xmppfed::net {

/// The types that are asked for, with their numbers (RFC 1035, 3596, 2782, 6698).
enum class RecordType : std::uint16_t { a = 1, cname = 5, aaaa = 28, srv = 33, tlsa = 52 };

/// Whether a resolver is to keep back what DNSSEC does not confirm: the CD bit (RFC 4035 section 3.2.2).
enum class Checking { enabled, disabled };

/// Whether a query has an OPT record (RFC 6891), without which nobody tells of DNSSEC.
enum class Edns { with, without };

struct Question {
    std::string name;  ///< A-labels, without the root's dot
    RecordType type = RecordType::a;
};

/// One record of an answer. Names are in lower case without the root's dot, the root itself is "."; octets that no
/// host name has stand there as \DDD.
struct Record {
    std::string owner;
    RecordType type = RecordType::a;
    std::string value = {};  ///< an address, the target of SRV or CNAME, or the association data of TLSA in hexadecimal
    std::uint16_t priority = 0;
    std::uint16_t weight = 0;
    std::uint16_t port = 0;
    std::uint8_t usage = 0;  ///< of TLSA, as are the next two
    std::uint8_t selector = 0;
    std::uint8_t matching = 0;
};

/// What a server answered.
struct Answer {
    static constexpr int no_error = 0;
    static constexpr int format_error = 1;
    static constexpr int server_failure = 2;
    static constexpr int no_such_name = 3;
    static constexpr int not_implemented = 4;

    int code = no_error;  ///< RCODE
    bool is_truncated = false;
    bool is_authenticated = false;     ///< AD: the server says that it has validated the answer
    std::vector<Record> records = {};  ///< of its answer section, of the types above
    std::string extended_error = {};   ///< why, by RFC 8914; "" when it does not say. Safe for a terminal
};

/// The octets of a query with that id, in a form that UDP takes, with EDNS and the AD and DO bits unless it is `without`.
[[nodiscard]] std::string write_query(const Question& question, std::uint16_t id, Checking checking,
                                      Edns edns = Edns::with);

/// The answer in these octets, whatever they are. None when they are no answer to this very question; a server that could
/// not read it may leave the question out (RFC 1035 section 4.1.1: FORMERR, NOTIMP).
[[nodiscard]] std::optional<Answer> read_answer(std::string_view octets, const Question& question, std::uint16_t id);

}  // namespace xmppfed::net
