#include "app/manifest/target.hpp"

#include "app/manifest/count.hpp"
#include "core/text/text.hpp"

namespace xmppfed::app {

Target read_target(const Circumstances& circumstances, store::Store& store, const Manifest& manifest,
                   const std::function<void(const core::Diagnostics&)>& on_finding) {
    Target target{
        .file = manifest.file.name(), .names = manifest.names, .prune = manifest.prune, .spool = store.spool()};
    Count count{circumstances, "partners read"};
    auto source = manifest.file.source();
    manifest.reading(
        source, {.partner =
                     [&](const core::Partner& partner, const core::Places& places) {
                         target.spool->add(partner, core::to_text(places));
                         count.add_one();
                     },
                 .edge = [&](const core::Edge& edge, const core::Places& places) { target.edge.emplace(edge, places); },
                 .finding =
                     [&](core::Diagnostic finding) {
                         locate_in(target, finding);
                         if (on_finding) {
                             on_finding({finding});
                         }
                         target.findings.add({std::move(finding)});
                     }});
    target.named = count.value();
    return target;
}

void locate_in(const Target& target, core::Diagnostic& finding) {
    finding.file = core::escape(target.file);
    finding.hint = core::hint_in_keys(finding.hint, target.names);
}

}  // namespace xmppfed::app
