#include "net/stream/stream_reader.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace xmppfed;

namespace {

const std::string header =
    "<stream:stream xmlns='jabber:server' xmlns:stream='http://etherx.jabber.org/streams' from='a.test' version='1.0'";

net::Heard heard_of(const std::string& text) {
    net::StreamReader reader;
    reader.read(text);
    return reader.heard();
}

net::Heard heard_octet_by_octet(const std::string& text) {
    net::StreamReader reader;
    for (const char octet : text) {
        reader.read({&octet, 1});
    }
    return reader.heard();
}

}  // namespace

TEST_CASE("what follows on the end of a stream belongs to none, in however many pieces it comes") {
    for (const auto& text : {header + "></stream:stream><junk", header + "/><stream:error/>"}) {
        INFO(text);
        for (const auto& heard : {heard_of(text), heard_octet_by_octet(text)}) {
            CHECK(heard.has_header);
            CHECK(heard.has_ended);
            CHECK(heard.problem.empty());
            CHECK_FALSE(heard.fault);
        }
    }
}

TEST_CASE("a zero octet is no XML, in however many pieces it comes") {
    for (const std::string& text : {std::string{"4\0\5gl", 5}, header + std::string{">\0", 2}}) {
        for (const auto& heard : {heard_of(text), heard_octet_by_octet(text)}) {
            CHECK(heard.problem == "it does not send XML: there is a zero octet");
        }
    }
}

TEST_CASE("what is no XML is told as such") {
    CHECK(heard_of(header + "><a></b>").problem == "it does not send XML: mismatched tag");
    CHECK(heard_of("HTTP/1.1 400 Bad Request\r\n").problem == "it does not send XML: not well-formed (invalid token)");
}
