#include "app/manifest/target.hpp"

#include "app/manifest/count.hpp"
#include "core/text/text.hpp"

namespace xmppfed::app {

Target read_target(const Circumstances& circumstances, store::Store& store, const Manifest& manifest,
                   const std::function<void(const core::Diagnostics&)>& on_diagnostic) {
    auto source = manifest.file.source();
    const auto form = manifest.form(source);
    Target target{.file = manifest.file.name(), .names = form.names, .prune = manifest.prune, .spool = store.spool()};
    Count count{circumstances, "partners read"};
    form.read(source,
              {.partner =
                   [&](const core::Partner& partner, const core::Places& places) {
                       target.spool->add(partner, core::to_text(places));
                       count.add_one();
                   },
               .edge = [&](const core::Edge& edge, const core::Places& places) { target.edge.emplace(edge, places); },
               .gateway = [&](const core::Gateway& gateway,
                              const core::Places& places) { target.gateway.emplace(gateway, places); },
               .diagnostic =
                   [&](core::Diagnostic diagnostic) {
                       locate_in(target, diagnostic);
                       if (on_diagnostic) {
                           on_diagnostic({diagnostic});
                       }
                       target.diagnostics.add({std::move(diagnostic)});
                   }});
    target.named = count.value();
    return target;
}

void locate_in(const Target& target, core::Diagnostic& diagnostic) {
    diagnostic.file = core::escape(target.file);
    diagnostic.hint = core::hint_in_keys(diagnostic.hint, target.names);
}

}  // namespace xmppfed::app
