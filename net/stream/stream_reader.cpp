#include "net/stream/stream_reader.hpp"

#include <expat.h>

#include <algorithm>
#include <iterator>
#include <new>
#include <utility>

#include <fmt/format.h>

#include "core/text/text.hpp"

namespace xmppfed::net {

namespace {

constexpr std::size_t most_octets = 65536;  // of a stream up to its features
constexpr std::size_t deepest = 16;
constexpr std::size_t longest_name = 512;
constexpr std::size_t longest_text = 1024;
constexpr std::size_t most_mechanisms = 32;

constexpr std::string_view streams = "http://etherx.jabber.org/streams";
constexpr std::string_view stream_conditions = "urn:ietf:params:xml:ns:xmpp-streams";
constexpr std::string_view tls = "urn:ietf:params:xml:ns:xmpp-tls";
constexpr std::string_view sasl = "urn:ietf:params:xml:ns:xmpp-sasl";
constexpr std::string_view dialback = "urn:xmpp:features:dialback";

/// As much of a text in UTF-8 as has room, without a part of a character.
std::string_view whole_characters(std::string_view text, std::size_t room) {
    if (text.size() <= room) {
        return text;
    }
    constexpr unsigned continuation_mask = 0xC0;
    constexpr unsigned continuation = 0x80;
    while (room > 0 && (static_cast<unsigned char>(text[room]) & continuation_mask) == continuation) {
        --room;
    }
    return text.substr(0, room);
}

/// An element's name, as expat joins the two.
struct Name {
    std::string_view space;
    std::string_view local;

    explicit Name(std::string_view joined) {
        const auto blank = joined.rfind(' ');
        space = blank == std::string_view::npos ? std::string_view{} : joined.substr(0, blank);
        local = blank == std::string_view::npos ? joined : joined.substr(blank + 1);
    }
    [[nodiscard]] bool is(std::string_view its_space, std::string_view its_name) const {
        return space == its_space && local == its_name;
    }
};

}  // namespace

/// Expat calls these from C: none of them throws.
class StreamReader::Parser {
  public:
    Parser() : expat_{XML_ParserCreateNS("UTF-8", ' ')} {
        if (expat_ == nullptr) {
            throw std::bad_alloc{};
        }
        XML_SetUserData(expat_, this);
        XML_SetElementHandler(expat_, begin_element, end_element);
        XML_SetCharacterDataHandler(expat_, take_text);
        XML_SetStartDoctypeDeclHandler(expat_, refuse_doctype);
    }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;
    ~Parser() { XML_ParserFree(expat_); }

    void read(std::string_view octets);

    Heard heard;

  private:
    static Parser& self(void* data) { return *static_cast<Parser*>(data); }
    static void begin_element(void* data, const XML_Char* name, const XML_Char** attributes);
    static void end_element(void* data, const XML_Char* name);
    static void take_text(void* data, const XML_Char* text, int size);
    static void refuse_doctype(void* data, const XML_Char* /*name*/, const XML_Char* /*system*/,
                               const XML_Char* /*its_public*/, int /*has_internal_subset*/) {
        self(data).stop("it sends a document type declaration");
    }

    void stop(std::string why) {
        if (heard.problem.empty()) {
            heard.problem = std::move(why);
        }
        XML_StopParser(expat_, XML_FALSE);
    }
    void parse(std::string_view octets);
    void begin_stream(const Name& name, const XML_Char** attributes);
    void begin_child(const Name& name);
    void begin_inner(const Name& name);
    void end_child();
    void end_inner(const Name& name);

    XML_Parser expat_;
    std::size_t depth_ = 0;
    std::size_t octets_ = 0;
    std::string child_;                       ///< the element below the stream that is open
    std::string child_space_;                 ///< its namespace
    std::string text_;                        ///< of the innermost element
    std::optional<core::StreamFault> fault_;  ///< as far as it has come
};

void StreamReader::Parser::read(std::string_view octets) {
    if (!heard.problem.empty() || heard.has_ended) {
        return;
    }
    octets_ += octets.size();
    if (octets_ > most_octets) {
        heard.problem = fmt::format("it sends more than {} octets where a header and features are due", most_octets);
        return;
    }
    // No XMPP text has a zero octet (RFC 6120 11.6), and expat would take one for a sign of UTF-16.
    const auto until = octets.find('\0');
    parse(octets.substr(0, until));
    if (until != std::string_view::npos && heard.problem.empty() && !heard.has_ended) {
        heard.problem = "it does not send XML: there is a zero octet";
    }
}

void StreamReader::Parser::parse(std::string_view octets) {
    if (XML_Parse(expat_, octets.data(), static_cast<int>(octets.size()), XML_FALSE) == XML_STATUS_ERROR &&
        heard.problem.empty() && !heard.has_ended) {
        heard.problem = fmt::format("it does not send XML: {}", XML_ErrorString(XML_GetErrorCode(expat_)));
    }
}

void StreamReader::Parser::begin_element(void* data, const XML_Char* name, const XML_Char** attributes) {
    auto& parser = self(data);
    const std::string_view joined{name};
    if (++parser.depth_ > deepest || joined.size() > longest_name) {
        parser.stop("it sends elements that no XMPP server sends");
        return;
    }
    parser.text_.clear();
    const Name parts{joined};
    if (parser.depth_ == 1) {
        parser.begin_stream(parts, attributes);
    } else if (parser.depth_ == 2) {
        parser.begin_child(parts);
    } else {
        parser.begin_inner(parts);
    }
}

void StreamReader::Parser::begin_stream(const Name& name, const XML_Char** attributes) {
    if (!name.is(streams, "stream")) {
        stop("it sends XML, but no stream");
        return;
    }
    heard.has_header = true;
    for (; *attributes != nullptr; std::advance(attributes, 2)) {
        if (std::string_view{*attributes} == "version") {
            const std::string_view version{*std::next(attributes)};
            heard.features.has_version = !version.starts_with("0.") && !version.empty();
        }
    }
}

void StreamReader::Parser::begin_child(const Name& name) {
    child_ = name.local;
    child_space_ = name.space;
    if (name.is(streams, "error")) {
        fault_.emplace(core::StreamFault{.condition = "undefined-condition"});
    }
}

void StreamReader::Parser::begin_inner(const Name& name) {
    const bool is_feature = child_ == "features" && child_space_ == streams;
    auto& features = heard.features;
    if (is_feature && name.is(tls, "starttls")) {
        features.starttls = std::max(features.starttls, core::StartTls::optional);
    } else if (is_feature && name.is(tls, "required")) {
        features.starttls = core::StartTls::required;
    } else if (is_feature && name.is(dialback, "dialback")) {
        features.dialback = true;
    } else if (is_feature && name.is(dialback, "errors")) {
        features.dialback_errors = true;
    } else if (fault_ && name.space == stream_conditions && name.local != "text") {
        fault_->condition = name.local;
    } else if (child_ == "failure" && child_space_ == sasl && name.space == sasl && name.local != "text") {
        heard.authentication_condition = name.local;
    }
}

void StreamReader::Parser::end_element(void* data, const XML_Char* name) {
    auto& parser = self(data);
    const Name parts{name};
    if (parser.depth_ == 1) {
        parser.heard.has_ended = true;
        XML_StopParser(parser.expat_, XML_FALSE);  // what follows belongs to no stream
    } else if (parser.depth_ == 2) {
        parser.end_child();
    } else {
        parser.end_inner(parts);
    }
    --parser.depth_;
    parser.text_.clear();
}

void StreamReader::Parser::end_child() {
    if (child_ == "features" && child_space_ == streams) {
        heard.has_features = true;
    } else if (fault_) {
        heard.fault = std::exchange(fault_, std::nullopt);
    } else if (child_space_ == tls) {
        heard.proceeds = heard.proceeds || child_ == "proceed";
        heard.refuses_tls = heard.refuses_tls || child_ == "failure";
    } else if (child_space_ == sasl && child_ == "success") {
        heard.authentication = core::Authentication::accepted;
    } else if (child_space_ == sasl && child_ == "failure") {
        heard.authentication = core::Authentication::refused;
    }
    child_.clear();
}

void StreamReader::Parser::end_inner(const Name& name) {
    auto& mechanisms = heard.features.mechanisms;
    if (child_ == "features" && name.is(sasl, "mechanism") && mechanisms.size() < most_mechanisms) {
        mechanisms.push_back(core::trimmed(text_));
    } else if (fault_ && name.is(stream_conditions, "text")) {
        fault_->text = text_;
    } else if (child_ == "failure" && child_space_ == sasl && name.is(sasl, "text")) {
        heard.authentication_condition += ": " + text_;
    }
}

void StreamReader::Parser::take_text(void* data, const XML_Char* text, int size) {
    auto& parser = self(data);
    const auto room = longest_text - std::min(longest_text, parser.text_.size());
    parser.text_ += whole_characters({text, static_cast<std::size_t>(size)}, room);
}

StreamReader::StreamReader() : parser_{std::make_unique<Parser>()} {}

StreamReader::~StreamReader() = default;

void StreamReader::read(std::string_view octets) {
    parser_->read(octets);
}

const Heard& StreamReader::heard() const {
    return parser_->heard;
}

}  // namespace xmppfed::net
