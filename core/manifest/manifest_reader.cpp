#include <algorithm>
#include <array>
#include <bitset>
#include <map>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/manifest/manifest.hpp"
#include "core/manifest/manifest_values.hpp"
#include "core/manifest/partner_forms.hpp"
#include "core/partner/partner_fields.hpp"
#include "core/text/json/placed_json.hpp"
#include "core/text/text.hpp"

namespace xmppfed::core {

namespace {

using std::string_view_literals::operator""sv;
using Kind = PlacedJson::Kind;

constexpr std::array computed_keys{"revision"sv, "created_at"sv, "updated_at"sv, "methods"sv,
                                   "effective_xmpp_domains"sv};

std::string hint_for_unknown(std::string_view key, std::span<const std::string_view> known) {
    if (std::ranges::count(computed_keys, key) > 0) {
        return "leave it out: it is kept or computed, and never set";
    }
    const auto near = nearest(key, known);
    return near.empty() ? "the keys are those of `xmppfed export`" : fmt::format("did you mean `{}`?", near);
}

/// Whether a reader of version 1 reads it: MAJOR.MINOR, and a minor version only adds keys.
bool is_version_1(std::string_view version) {
    constexpr auto major = "1."sv;
    return version.starts_with(major) && version.size() > major.size() &&
           version.find_first_not_of("0123456789", major.size()) == std::string_view::npos;
}

/// Reads one manifest.
class ManifestReader : public manifest_values::Reporter {
  public:
    using Reporter::Reporter;

    void element(const PlacedJson& value);
    void whole(const PlacedJson& value);
    [[nodiscard]] bool is_document() const { return is_document_; }

    /// Whether it is another kind of file, and nothing more is to be said of it.
    [[nodiscard]] bool is_foreign() const { return is_foreign_; }

  private:
    void document(const PlacedJson& value);
    void partner(const PlacedJson& value);
    void edge(const PlacedJson& value);
    void gateway(const PlacedJson& value);
    template <class Subject>
    void fields_of(const PlacedJson& object, std::span<const Field<Subject>> fields, Subject& subject, Places& places);
    void refuse_strangers(const PlacedJson& object, std::span<const std::string_view> known);

    /// Finds out whether it is.
    [[nodiscard]] bool turns_foreign(const PlacedJson& value);

    bool is_document_ = false;
    bool is_foreign_ = false;
    bool has_lines_ = false;  ///< partners that stand by themselves
};

/// Keys that are not known, or come twice.
void ManifestReader::refuse_strangers(const PlacedJson& object, std::span<const std::string_view> known) {
    std::map<std::string_view, std::int64_t> lines;  // where each key stands first
    for (const auto& member : object.members) {
        const auto [earlier, is_first] = lines.emplace(member.name, member.place.line);
        if (!is_first) {
            refuse(fmt::format("the key {} is repeated: it stands in line {} already", quote(member.name),
                               earlier->second),
                   "name it once", member.place);
        } else if (std::ranges::count(known, member.name) == 0) {
            refuse(fmt::format("the key {} is unknown here", quote(member.name)), hint_for_unknown(member.name, known),
                   member.place);
        }
    }
}

template <class Subject>
void ManifestReader::fields_of(const PlacedJson& object, std::span<const Field<Subject>> fields, Subject& subject,
                               Places& places) {
    places.object = object.place;
    const auto index_of = [&](const PlacedJson::Member& member) {
        const auto at = std::ranges::find(fields, std::string_view{member.name}, &Field<Subject>::key);
        return static_cast<std::size_t>(std::distance(fields.begin(), at));
    };
    std::bitset<most_fields> seen;
    const bool has_strangers = std::ranges::any_of(object.members, [&](const auto& member) {
        const auto index = index_of(member);
        const bool is_strange = index == fields.size() || seen[index];
        if (!is_strange) {
            seen.set(index);
        }
        return is_strange;
    });
    if (has_strangers) {
        std::vector<std::string_view> known;
        std::ranges::transform(fields, std::back_inserter(known), &Field<Subject>::key);
        refuse_strangers(object, known);
    }
    for (const auto& member : object.members) {
        const auto index = index_of(member);
        if (index == fields.size()) {
            continue;
        }
        report(
            manifest_values::read<Subject>({&fields[index], index, fields[index].key, member.value}, subject, places));
    }
}

void ManifestReader::partner(const PlacedJson& value) {
    if (value.kind != Kind::object) {
        refuse(fmt::format("a partner must be an object, not {}", name_of(value.kind)),
               R"(write it as {"primary_domain": "fabrikam.com"})", value.place);
        return;
    }
    const auto key = partner_identity().key;
    const auto name = std::ranges::find(value.members, key, &PlacedJson::Member::name);
    const bool is_named = name != value.members.end() && name->value.kind == Kind::text;
    read_partner(is_named ? std::string_view{name->value.text} : std::string_view{});
    Partner partner;
    Places places;
    fields_of(value, partner_fields(), partner, places);
    if (name == value.members.end()) {
        refuse(fmt::format("{} is missing: it identifies the partner", key), fmt::format(R"(add "{}")", key),
               value.place);
    } else if (is_named) {
        sink().partner(partner, places);
    }
    read_partner({});
}

void ManifestReader::edge(const PlacedJson& value) {
    if (value.kind != Kind::object) {
        refuse(fmt::format("edge must be an object, not {}", name_of(value.kind)),
               R"(write it as {"access_edge": "sip.contoso.com", "sip_domains": ["contoso.com"]})", value.place);
        return;
    }
    Edge edge;
    Places places;
    fields_of(value, edge_fields(), edge, places);
    const auto xmpp = std::ranges::find(value.members, "xmpp_domains", &PlacedJson::Member::name);
    if (xmpp != value.members.end() && xmpp->value.kind == Kind::array && xmpp->value.elements.empty()) {
        edge.xmpp_domains.emplace();  // there is no XMPP proxy; null would mean that the SIP domains count
    }
    sink().edge(edge, places);
}

void ManifestReader::gateway(const PlacedJson& value) {
    if (value.kind != Kind::object) {
        refuse(fmt::format("gateway must be an object, not {}", name_of(value.kind)),
               R"(write it as {"connection_limit": 1200})", value.place);
        return;
    }
    Gateway gateway;
    Places places;
    fields_of(value, gateway_fields(), gateway, places);
    sink().gateway(gateway, places);
}

void ManifestReader::document(const PlacedJson& value) {
    refuse_strangers(value, partner_forms::document_keys);
    const auto expect = [&](std::string_view key, bool (*fits)(std::string_view), std::string_view wanted) {
        const auto member = std::ranges::find(value.members, key, &PlacedJson::Member::name);
        if (member == value.members.end()) {
            refuse(fmt::format("{} is missing", key), fmt::format(R"(add "{}": {})", key, wanted), value.place);
        } else if (const auto& found = member->value; found.kind != Kind::text || !fits(found.text)) {
            refuse(fmt::format("{} must be {}, not {}", key, wanted,
                               found.kind == Kind::text ? quote(found.text) : std::string{name_of(found.kind)}),
                   "this program reads manifests of format version 1", found.place);
        }
    };
    expect("format_version", is_version_1, R"("1.0")");
    expect(
        "kind", [](std::string_view kind) { return kind == "manifest"; }, R"("manifest")");
    for (const auto& member : value.members) {
        if (member.name == "edge") {
            edge(member.value);
        } else if (member.name == "gateway") {
            gateway(member.value);
        } else if (member.name == "partners" && member.value.kind != Kind::array) {
            refuse(fmt::format("partners must be an array, not {}", name_of(member.value.kind)),
                   "put the partners in [ and ]", member.value.place);
        }
    }
}

bool ManifestReader::turns_foreign(const PlacedJson& value) {
    if (!is_foreign_ && partner_forms::is_of_deployment(value)) {
        refuse(fmt::format("this is what {} wrote, not a manifest", partner_forms::is_of_gateway(value)
                                                                        ? "Get-CsXmppGatewayConfiguration"
                                                                        : "Get-CsXmppAllowedPartner"),
               "take it in with `xmppfed partner import FILE`; `--dry-run` commits nothing", value.place);
        is_foreign_ = true;
    }
    return is_foreign_;
}

void ManifestReader::element(const PlacedJson& value) {
    if (!turns_foreign(value)) {
        partner(value);
    }
}

void ManifestReader::whole(const PlacedJson& value) {
    if (turns_foreign(value)) {
        return;
    }
    if (value.kind == Kind::object && !partner_forms::is_document(value)) {
        has_lines_ = true;
        partner(value);
        return;
    }
    if (has_lines_) {
        refuse("this is no partner, as the lines before it are", "a file has one document, or a partner on each line",
               value.place);
        return;
    }
    is_document_ = true;
    if (value.kind == Kind::object) {
        document(value);
    } else {
        refuse(fmt::format("a manifest must be an object, not {}", name_of(value.kind)),
               R"(write {"format_version": "1.0", "kind": "manifest", "partners": []}, or a partner on each line)",
               value.place);
    }
}

}  // namespace

void read_manifest(JsonSource& source, const ManifestSink& sink) {
    ManifestReader reader{sink};
    if (const auto encoding = source.encoding(); encoding != Encoding::utf8) {
        reader.refuse(fmt::format("the manifest is {}, not UTF-8", name_of(encoding)),
                      "save it as UTF-8, as `Out-File -Encoding utf8` does; what Get-CsXmppAllowedPartner wrote is for "
                      "`xmppfed partner import`",
                      {1, 1});
        return;
    }
    std::int64_t last_line = 0;
    bool line_by_line = false;  // then what is broken ends with its line
    while (source.skip_blanks()) {
        const auto begin = source.next();
        if (reader.is_document()) {
            reader.refuse("something follows the manifest", "a file has one document, or a partner on each line",
                          begin);
            return;
        }
        if (begin.line == last_line) {
            reader.refuse("this stands in one line with the partner before it", "give each partner a line of its own",
                          begin);
        }
        source.keep_to_line(line_by_line);
        const auto broken = read_placed(
            source, "partners", [&](const PlacedJson& value) { reader.element(value); },
            [&](const PlacedJson& value) { reader.whole(value); });
        source.keep_to_line(false);
        if (reader.is_foreign()) {
            return;
        }
        if (broken) {
            reader.refuse(broken->message, line_by_line ? "mend this line" : "mend it there; nothing after it was read",
                          broken->place);
            if (!line_by_line) {
                return;
            }
            source.skip_line();
        } else if (last_line == 0) {
            line_by_line = !reader.is_document() && source.last().line == begin.line;
        }
        last_line = source.last().line;
    }
    if (last_line == 0) {
        reader.refuse("the manifest is empty",
                      R"(an empty one is {"format_version": "1.0", "kind": "manifest", "partners": []})", {1, 1});
    }
}

}  // namespace xmppfed::core
