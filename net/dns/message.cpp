#include "net/dns/message.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <new>

#include <fmt/format.h>

#include "core/text/text.hpp"
#include "net/dns/extended_error.hpp"

#include <ldns/ldns.h>  // last, for it defines true and false as macros where it sees no stdbool.h
#undef bool
#undef true
#undef false

namespace xmppfed::net {

namespace {

constexpr std::uint16_t largest_datagram = 1232;  // what passes everywhere without fragments

struct Free {
    void operator()(ldns_pkt* packet) const { ldns_pkt_free(packet); }
    void operator()(ldns_rdf* data) const { ldns_rdf_deep_free(data); }
    // ldns allocates these by malloc.
    void operator()(char* text) const { std::free(text); }              // NOLINT(cppcoreguidelines-no-malloc)
    void operator()(std::uint8_t* octets) const { std::free(octets); }  // NOLINT(cppcoreguidelines-no-malloc)
};
using Packet = std::unique_ptr<ldns_pkt, Free>;
using Octets = std::unique_ptr<std::uint8_t, Free>;

std::string name_text(const ldns_rdf* name) {
    const std::unique_ptr<char, Free> text{ldns_rdf2str(name)};
    if (!text) {
        throw std::bad_alloc{};
    }
    std::string result = core::ascii_lower(text.get());
    if (result.size() > 1 && result.ends_with('.')) {
        result.pop_back();
    }
    return result;
}

std::string_view octets_of(const ldns_rdf* data) {
    return {reinterpret_cast<const char*>(ldns_rdf_data(data)), ldns_rdf_size(data)};
}

std::string hexadecimal(std::string_view octets) {
    std::string text;
    for (const char octet : octets) {
        fmt::format_to(std::back_inserter(text), "{:02x}", static_cast<unsigned char>(octet));
    }
    return text;
}

std::string address_text(int family, const ldns_rdf* data) {
    char buffer[INET6_ADDRSTRLEN] = "";
    const std::size_t size = family == AF_INET ? sizeof(in_addr) : sizeof(in6_addr);
    return ldns_rdf_size(data) == size && inet_ntop(family, ldns_rdf_data(data), buffer, sizeof buffer) != nullptr
               ? buffer
               : std::string{};
}

/// None for a type that nobody asked for.
std::optional<Record> read_record(const ldns_rr& rr) {
    const auto field = [&](std::size_t index) { return ldns_rr_rdf(&rr, index); };
    const auto type = static_cast<RecordType>(ldns_rr_get_type(&rr));
    Record record{.owner = name_text(ldns_rr_owner(&rr)), .type = type};
    const auto fields = ldns_rr_rd_count(&rr);
    if (ldns_rr_get_class(&rr) != LDNS_RR_CLASS_IN) {
        return std::nullopt;
    }
    if ((type == RecordType::a || type == RecordType::aaaa) && fields == 1) {
        record.value = address_text(type == RecordType::a ? AF_INET : AF_INET6, field(0));
    } else if (type == RecordType::cname && fields == 1) {
        record.value = name_text(field(0));
    } else if (type == RecordType::srv && fields == 4) {
        record.priority = ldns_rdf2native_int16(field(0));
        record.weight = ldns_rdf2native_int16(field(1));
        record.port = ldns_rdf2native_int16(field(2));
        record.value = name_text(field(3));
    } else if (type == RecordType::tlsa && fields == 4) {
        record.usage = ldns_rdf2native_int8(field(0));
        record.selector = ldns_rdf2native_int8(field(1));
        record.matching = ldns_rdf2native_int8(field(2));
        record.value = hexadecimal(octets_of(field(3)));
    }
    return record.value.empty() ? std::nullopt : std::optional{record};
}

bool is_answer_to(const ldns_pkt& packet, const Question& question, std::uint16_t id) {
    const auto* asked = ldns_pkt_question(&packet);
    if (!ldns_pkt_qr(&packet) || ldns_pkt_id(&packet) != id || ldns_pkt_get_opcode(&packet) != LDNS_PACKET_QUERY) {
        return false;
    }
    const auto questions = asked == nullptr ? 0 : ldns_rr_list_rr_count(asked);
    const auto code = ldns_pkt_get_rcode(&packet);
    if (questions != 1) {
        return questions == 0 && (code == LDNS_RCODE_FORMERR || code == LDNS_RCODE_NOTIMPL);
    }
    const auto* first = ldns_rr_list_rr(asked, 0);
    return ldns_rr_get_type(first) == static_cast<ldns_rr_type>(question.type) &&
           ldns_rr_get_class(first) == LDNS_RR_CLASS_IN && name_text(ldns_rr_owner(first)) == question.name;
}

}  // namespace

std::string write_query(const Question& question, std::uint16_t id, Checking checking, Edns edns) {
    ldns_pkt* made = nullptr;
    constexpr auto internet = LDNS_RR_CLASS_IN;
    if (ldns_pkt_query_new_frm_str(&made, question.name.c_str(), static_cast<ldns_rr_type>(question.type), internet,
                                   LDNS_RD) != LDNS_STATUS_OK) {
        return {};  // no message can hold such a name
    }
    const Packet packet{made};
    ldns_pkt_set_id(made, id);
    ldns_pkt_set_ad(made, /*b=*/true);
    ldns_pkt_set_cd(made, checking == Checking::disabled);
    if (edns == Edns::with) {
        ldns_pkt_set_edns_udp_size(made, largest_datagram);
        ldns_pkt_set_edns_do(made, /*value=*/true);
    }
    std::uint8_t* octets = nullptr;
    std::size_t size = 0;
    if (ldns_pkt2wire(&octets, made, &size) != LDNS_STATUS_OK) {
        throw std::bad_alloc{};
    }
    const Octets owned{octets};
    return {octets, octets + size};
}

std::optional<Answer> read_answer(std::string_view octets, const Question& question, std::uint16_t id) {
    ldns_pkt* read = nullptr;
    const auto* begin = reinterpret_cast<const std::uint8_t*>(octets.data());
    if (ldns_wire2pkt(&read, begin, octets.size()) != LDNS_STATUS_OK) {
        return std::nullopt;
    }
    const Packet packet{read};
    if (!is_answer_to(*read, question, id)) {
        return std::nullopt;
    }
    Answer answer{
        .code = ldns_pkt_get_rcode(read), .is_truncated = ldns_pkt_tc(read), .is_authenticated = ldns_pkt_ad(read)};
    const auto* records = ldns_pkt_answer(read);
    for (std::size_t i = 0; records != nullptr && i < ldns_rr_list_rr_count(records); ++i) {
        if (auto record = read_record(*ldns_rr_list_rr(records, i))) {
            answer.records.push_back(std::move(*record));
        }
    }
    if (const auto* options = ldns_pkt_edns_data(read)) {
        answer.extended_error = extended_error_text(octets_of(options));
    }
    return answer;
}

}  // namespace xmppfed::net
