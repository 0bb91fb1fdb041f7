#include "core/report/probe_tally.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/probe/stream_facts.hpp"
#include "core/rule/rules.hpp"
#include "core/text/json/placed_json.hpp"
#include "core/text/text.hpp"
#include "core/text/timestamp.hpp"

namespace xmppfed::core {

namespace {

using Kind = PlacedJson::Kind;

constexpr std::size_t longest_domain = 253;

/// Thrown inside this file alone: what does not fit a document of this kind.
struct Misfit {
    JsonProblem problem;
};

const PlacedJson* member_named(const PlacedJson& object, std::string_view key) {
    const auto found = std::ranges::find(object.members, key, &PlacedJson::Member::name);
    return found == object.members.end() ? nullptr : &found->value;
}

/// The member with that key, which must be there and of that kind.
const PlacedJson& needed(const PlacedJson& object, std::string_view key, Kind kind) {
    const auto* const value = member_named(object, key);
    if (value == nullptr) {
        throw Misfit{{fmt::format("{} is missing", key), object.place}};
    }
    if (value->kind != kind) {
        throw Misfit{{fmt::format("{} must be {}, not {}", key, name_of(kind), name_of(value->kind)), value->place}};
    }
    return *value;
}

/// The same, but null stands for nothing.
const PlacedJson* nullable(const PlacedJson& object, std::string_view key, Kind kind) {
    const auto* const value = member_named(object, key);
    return value != nullptr && value->kind == Kind::null ? nullptr : &needed(object, key, kind);
}

std::string text_or_nothing(const PlacedJson& object, std::string_view key) {
    const auto* const value = nullable(object, key, Kind::text);
    return value == nullptr ? std::string{} : value->text;
}

/// A word that must be one of an enumeration's, as this program writes it.
template <class E>
E word_of(const PlacedJson& value, std::string_view key) {
    const auto values = values_of<E>();
    const auto found = std::ranges::find(values, value.text, &EnumValue::name);
    if (found == values.end()) {
        throw Misfit{{fmt::format("{} must be {}, not {}", key, list_of(values), quote(value.text)), value.place}};
    }
    return static_cast<E>(found - values.begin());
}

std::chrono::sys_seconds time_of(const PlacedJson& object, std::string_view key) {
    const auto& value = needed(object, key, Kind::text);
    const auto time = read_timestamp(value.text);
    if (!time) {
        throw Misfit{{fmt::format("{} must be a time, not {}", key, quote(value.text)), value.place}};
    }
    return *time;
}

Severity severity_of(const PlacedJson& diagnostic) {
    const auto& value = needed(diagnostic, "severity", Kind::text);
    for (const auto severity : {Severity::error, Severity::warning, Severity::info}) {
        if (name(severity) == value.text) {
            return severity;
        }
    }
    throw Misfit{{fmt::format("severity must be error, warning or info, not {}", quote(value.text)), value.place}};
}

const Rule* rule_named(std::string_view id) {
    const auto* const found = std::ranges::find(rule::table, id, &Rule::id);
    return found == std::end(rule::table) ? nullptr : &*found;
}

/// Puts the document together, element by element.
class ProbeReader {
  public:
    void add(const PlacedJson& partner);
    void finish(const PlacedJson& document);

    [[nodiscard]] const std::optional<JsonProblem>& problem() const { return problem_; }
    [[nodiscard]] ProbeTally take() { return std::move(tally_); }

    void refuse(JsonProblem problem) {
        if (!problem_) {
            problem_ = std::move(problem);
        }
    }

  private:
    void take_in(const PlacedJson& partner);
    void take_dns(const PlacedJson& dns);
    void take_prediction(const PlacedJson& prediction);
    void take_certificates(const PlacedJson& endpoints, const std::string& domain);
    void take_diagnostic(const PlacedJson& diagnostic, const std::string& domain);

    ProbeTally tally_;
    std::optional<JsonProblem> problem_;
};

void ProbeReader::take_dns(const PlacedJson& dns) {
    const auto state = word_of<DnsState>(needed(dns, "state", Kind::text), "state");
    ++tally_.by_dns_state.at(static_cast<std::size_t>(state));
    if (!needed(dns, "srv", Kind::array).elements.empty()) {
        ++tally_.by_srv;
    }
}

/// Whether somebody could look. That no resolver told is a finding of no rule and ends the look; an address family that
/// nothing leads out by is no place.
bool was_seen(const PlacedJson& partner) {
    const auto& endpoints = needed(partner, "endpoints", Kind::array).elements;
    if (!endpoints.empty()) {
        return !std::ranges::all_of(endpoints, [](const auto& endpoint) {
            const auto* const outcome = member_named(endpoint, "outcome");
            return outcome != nullptr && outcome->text == name_of(ProbeOutcome::no_route);
        });
    }
    const auto& diagnostics = needed(partner, "diagnostics", Kind::array).elements;
    return std::ranges::none_of(diagnostics, [](const auto& diagnostic) {
        return text_or_nothing(diagnostic, "rule").empty() && severity_of(diagnostic) == Severity::error;
    });
}

void ProbeReader::take_prediction(const PlacedJson& prediction) {
    const auto* const outgoing = nullable(needed(prediction, "outgoing", Kind::object), "chosen", Kind::text);
    const auto* const incoming = nullable(needed(prediction, "incoming", Kind::object), "chosen", Kind::text);
    if (outgoing == nullptr || incoming == nullptr) {
        ++tally_.without_method;
        return;
    }
    const auto weaker = std::max(word_of<Method>(*outgoing, "chosen"), word_of<Method>(*incoming, "chosen"));
    ++tally_.by_method.at(static_cast<std::size_t>(weaker));
}

/// Of the endpoint that was tried last: the look ends at the first that works.
void ProbeReader::take_certificates(const PlacedJson& endpoints, const std::string& domain) {
    std::optional<std::chrono::sys_seconds> end;
    for (const auto& endpoint : endpoints.elements) {
        if (const auto* const certificate = nullable(endpoint, "certificate", Kind::object)) {
            end = time_of(*certificate, "not_after");
        }
    }
    if (!end) {
        return;
    }
    auto& ends = tally_.ends;
    const auto place = std::ranges::upper_bound(ends, *end, {}, &PeerEnd::end);
    ends.insert(place, {domain, *end});
    if (ends.size() > ProbeTally::most_ends) {
        ends.pop_back();
    }
}

void ProbeReader::take_diagnostic(const PlacedJson& diagnostic, const std::string& domain) {
    Diagnostic found;
    const auto id = text_or_nothing(diagnostic, "rule");
    found.rule = rule_named(id);
    found.severity = severity_of(diagnostic);
    found.partner = escape(domain);
    found.message = escape(needed(diagnostic, "message", Kind::text).text);
    found.hint = escape(text_or_nothing(diagnostic, "hint"));
    tally_.findings.add(found, id);
}

void ProbeReader::take_in(const PlacedJson& partner) {
    if (partner.kind != Kind::object) {
        throw Misfit{{fmt::format("a partner must be an object, not {}", name_of(partner.kind)), partner.place}};
    }
    const auto domain = shorten(needed(partner, "domain", Kind::text).text, longest_domain);
    ++tally_.domains;
    if (const auto* const dns = nullable(partner, "dns", Kind::object)) {
        take_dns(*dns);
    }
    const auto& prediction = needed(partner, "prediction", Kind::object);
    if (was_seen(partner)) {
        take_prediction(prediction);
    } else {
        ++tally_.not_seen;
    }
    take_certificates(needed(partner, "endpoints", Kind::array), domain);
    for (const auto& diagnostic : needed(partner, "diagnostics", Kind::array).elements) {
        take_diagnostic(diagnostic, domain);
    }
}

void ProbeReader::add(const PlacedJson& partner) {
    if (problem_) {
        return;
    }
    try {
        take_in(partner);
    } catch (Misfit& misfit) {
        refuse(std::move(misfit.problem));
    }
}

/// What kind of document it is tells more than what is wrong inside of another kind.
void ProbeReader::finish(const PlacedJson& document) {
    try {
        if (document.kind != Kind::object) {
            throw Misfit{{fmt::format("a document of kind probe must be an object, not {}", name_of(document.kind)),
                          document.place}};
        }
        const auto& kind = needed(document, "kind", Kind::text);
        if (kind.text != "probe") {
            throw Misfit{{fmt::format("kind must be \"probe\", not {}", quote(kind.text)), kind.place}};
        }
        const auto& version = needed(document, "format_version", Kind::text);
        if (!version.text.starts_with("1.")) {
            throw Misfit{{fmt::format("format_version must be \"1.0\", not {}", quote(version.text)), version.place}};
        }
        (void)time_of(document, "at");
        tally_.at = needed(document, "at", Kind::text).text;
        tally_.from = shorten(needed(document, "from", Kind::text).text, longest_domain);
        (void)needed(document, "partners", Kind::array);
    } catch (Misfit& misfit) {
        problem_ = std::move(misfit.problem);
    }
}

[[noreturn]] void refuse_probe(const JsonProblem& problem, std::string_view file) {
    Diagnostic diagnostic;
    diagnostic.message = problem.message;
    diagnostic.hint = "give what `xmppfed partner probe --output json` printed";
    diagnostic.file = escape(file);
    diagnostic.line = problem.place.line;
    diagnostic.column = problem.place.column;
    Error error{ErrorKind::failed, fmt::format("{} is no document of kind probe", quote(file))};
    error.diagnostics = {std::move(diagnostic)};
    throw Error{std::move(error)};
}

}  // namespace

ProbeTally read_probe(JsonSource& source, std::string_view file) {
    ProbeReader reader;
    if (const auto encoding = source.encoding(); encoding != Encoding::utf8) {
        refuse_probe({fmt::format("the document is {}, not UTF-8", name_of(encoding)), {1, 1}}, file);
    }
    if (!source.skip_blanks()) {
        refuse_probe({"the document is empty", {1, 1}}, file);
    }
    const auto broken = read_placed(
        source, "partners", [&](const PlacedJson& partner) { reader.add(partner); },
        [&](const PlacedJson& document) { reader.finish(document); }, "diagnostics");
    if (broken) {
        refuse_probe(*broken, file);
    }
    if (reader.problem()) {
        refuse_probe(*reader.problem(), file);
    }
    if (source.skip_blanks()) {
        refuse_probe({"something follows the document", source.next()}, file);
    }
    return reader.take();
}

}  // namespace xmppfed::core
