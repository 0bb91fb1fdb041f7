#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/manifest/manifest.hpp"
#include "core/text/json/json_source.hpp"
#include "core/text/text.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace xmppfed::fuzz {

/// All that a reader of manifests said, as text to compare.
struct Reading {
    std::vector<core::Partner> partners;
    std::string partners_text;
    std::string diagnostics_text;
    std::size_t diagnostics = 0;
};

using Reader = void (*)(core::JsonSource&, const core::ManifestSink&);

inline Reading read(Reader reader, std::string_view text, std::size_t piece) {
    core::JsonSource source{[rest = text, piece]() mutable {
        const auto head = rest.substr(0, piece);
        rest.remove_prefix(head.size());
        return head;
    }};
    Reading reading;
    const auto keep = [&](const core::Json& json, const core::Places& places) {
        require(places.object.line > 0 && places.object.column > 0, "an object stands somewhere");
        require(core::places_from_text(core::to_text(places)) == places, "places are read back");
        reading.partners_text += core::to_text(json, core::JsonLayout::compact) + core::to_text(places) + '\n';
    };
    reader(
        source,
        {.partner =
             [&](const core::Partner& partner, const core::Places& places) {
                 keep(core::manifest_form(partner), places);
                 reading.partners.push_back(partner);
             },
         .edge = [&](const core::Edge& edge, const core::Places& places) { keep(core::manifest_form(edge), places); },
         .gateway = [&](const core::Gateway& gateway,
                        const core::Places& places) { keep(core::to_json(gateway), places); },
         .diagnostic =
             [&](const core::Diagnostic& diagnostic) {
                 require(diagnostic.rule_id() == "manifest-invalid" || diagnostic.rule_id() == "domain-invalid",
                         "a reader finds what is no manifest, or no host");
                 require(diagnostic.line.value_or(0) > 0 && diagnostic.column.value_or(0) > 0, "a finding has a place");
                 require(core::is_safe(diagnostic.message), "a message can be shown on a terminal");
                 reading.diagnostics_text += core::to_text(core::to_json(diagnostic), core::JsonLayout::compact) + '\n';
                 ++reading.diagnostics;
             }});
    return reading;
}

/// Reads the text whole and in pieces of as many octets as its first one says, and what came of it again.
inline void check_reader(Reader reader, const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return;
    }
    const auto text = text_of(data + 1, size - 1);
    const auto whole = read(reader, text, text.size());
    const auto pieces = read(reader, text, data[0] % 8U + 1);
    require(whole.partners_text == pieces.partners_text, "partners do not depend on how a text arrives");
    require(whole.diagnostics_text == pieces.diagnostics_text, "findings do not depend on how a text arrives");

    if (whole.diagnostics == 0 && !whole.partners.empty()) {  // a manifest of nothing has another form
        std::string again;
        for (const auto& partner : whole.partners) {
            again += core::to_text(core::manifest_form(partner), core::JsonLayout::compact) + '\n';
        }
        const auto second = read(core::read_manifest, again, again.size());
        require(second.diagnostics == 0, "a partner that is written again can be read");
        require(second.partners == whole.partners, "a partner that is written again is the same");
    }
}

}  // namespace xmppfed::fuzz
