#include "core/report/html/report_style.hpp"

namespace xmppfed::core {

// Colours are those of Okabe and Ito, which eyes that see no red or green tell apart, darkened for a light page.
constinit const Markup report_style{R"css(
:root {
  --page: #fff; --ink: #1b1f23; --soft: #57606a; --line: #d9dee3; --wash: #f5f7f9;
  --good: #0072b2; --fair: #9a5b00; --poor: #c03a00; --plain: #5f6b76; --link: #0b5a8a;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #14181c; --ink: #e4e8ec; --soft: #9da7b1; --line: #2f363d; --wash: #1c2127;
    --good: #56b4e9; --fair: #e69f00; --poor: #ff8a5c; --plain: #8b98a5; --link: #7cc4f0;
  }
}
* { box-sizing: border-box; }
html { background: var(--page); color: var(--ink); -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 3rem 1.5rem; max-width: 62rem;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  overflow-wrap: break-word;
}
h1, h2, h3 { line-height: 1.25; }
h1 { margin: 0; font-size: 2.25rem; font-weight: 650; letter-spacing: -0.01em; }
h2 { margin: 0 0 1rem; font-size: 1.375rem; font-weight: 600; }
h3 { margin: 2rem 0 0.5rem; font-size: 1rem; font-weight: 600; }
p { margin: 0 0 0.75rem; }
section { margin-top: 3rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
section:first-child { margin-top: 2rem; padding: 0; border: 0; }
a { color: var(--link); text-underline-offset: 0.2em; }
code, pre { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.875em; }
pre { margin: 0; padding: 0.75rem 1rem; overflow-x: auto; background: var(--wash); border-radius: 4px; }
ul, ol { margin: 0; padding: 0; list-style: none; }
.kicker { margin: 0 0 0.25rem; color: var(--soft); font-size: 0.875rem; letter-spacing: 0.06em; text-transform: uppercase; }
.note, .typed, .what { color: var(--soft); font-size: 0.875rem; }
.typed { font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.8125rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; margin-top: 1rem; }
footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--line); }

.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 1.5rem 2rem; margin: 0; }
.figures > div { padding-top: 0.75rem; border-top: 2px solid var(--line); }
.figures dt { color: var(--soft); font-size: 0.875rem; }
.figures dd { margin: 0; font-size: 2rem; font-weight: 600; line-height: 1.2; font-variant-numeric: tabular-nums; }
.figures dd.note { margin-top: 0.125rem; font-size: 0.875rem; font-weight: 400; line-height: 1.4; }
.figures .alarm { border-color: var(--poor); }
.figures .alarm dd:not(.note) { color: var(--poor); }

.findings { display: grid; gap: 1.5rem; }
.findings + .findings { margin-top: 1.5rem; }
.finding { padding-left: 1rem; border-left: 3px solid var(--plain); }
.finding h3 { margin: 0 0 0.375rem; }
.finding h3 code, .finding h3 .note { margin-left: 0.25rem; color: var(--soft); font-weight: 400; }
.finding ul { display: grid; gap: 0.25rem; }
.finding.error { border-color: var(--poor); }
.finding.warning { border-color: var(--fair); }
.error .sign { color: var(--poor); }
.warning .sign { color: var(--fair); }
.sign::after { content: ":"; }
.hint { margin: 0.375rem 0 0; color: var(--soft); font-size: 0.9375rem; }
.calm { color: var(--good); }

table { width: 100%; margin: 1rem 0 0; border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption, .caption { margin: 0; padding: 0 0 0.375rem; font-size: 0.9375rem; font-weight: 600; text-align: start; }
th, td { padding: 0.4375rem 1rem 0.4375rem 0; border-top: 1px solid var(--line); text-align: start; vertical-align: top; font-weight: 400; }
th:last-child, td:last-child { padding-right: 0; }
thead th { border: 0; color: var(--soft); font-size: 0.8125rem; white-space: nowrap; }
td { white-space: nowrap; font-size: 0.9375rem; }
th[scope="row"] { overflow-wrap: anywhere; }
td.good, td.fair, td.poor, b.poor { font-weight: 600; }
td.good, svg .good { color: var(--good); fill: var(--good); }
td.fair, svg .fair { color: var(--fair); fill: var(--fair); }
td.poor, b.poor, svg .poor { color: var(--poor); fill: var(--poor); }
svg .plain { fill: var(--plain); }
.n { text-align: end; }
.stacks th[scope="row"] { font-weight: 600; }
.stacks th p { margin: 0; color: var(--soft); font-size: 0.875rem; font-weight: 400; white-space: pre-line; }
.stacks th .note { font-weight: 400; }
.partners td:nth-child(3) { white-space: normal; }
.partners td:nth-child(3) * { white-space: nowrap; }
.off th, .off td { color: var(--soft); }

.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 2rem 3rem; }
.pair table { margin: 0; align-self: start; }
.measures th[scope="row"] { white-space: nowrap; font-size: 0.9375rem; }
.measures .bar { width: 34%; vertical-align: middle; }
svg { display: block; overflow: visible; }
svg text { fill: var(--ink); font-size: 0.875rem; }
svg text.note { fill: var(--soft); font-size: 0.8125rem; }
svg .track { fill: var(--line); }
.share .track { fill: var(--wash); }
svg .mark { stroke: var(--line); }
svg .axis { stroke: var(--soft); }
svg .now { stroke: var(--ink); stroke-dasharray: 3 3; }
.plot { margin: 0.5rem 0 1rem; }

.names { columns: 15rem; column-gap: 2rem; }
.names li { padding: 0.1875rem 0; break-inside: avoid; }
details { border-top: 1px solid var(--line); }
details:last-child { border-bottom: 1px solid var(--line); }
.findings + details { margin-top: 1.5rem; }
summary { padding: 0.5rem 0; cursor: pointer; }
details > :nth-child(2) { margin: 0.5rem 0 1.5rem; }
.commits > li { padding: 0.75rem 0; border-top: 1px solid var(--line); }
.commits p { margin: 0; }
.commits .when { display: inline-block; min-width: 9.5rem; font-variant-numeric: tabular-nums; }
.commits ul, .commits .reason { margin-left: 9.75rem; }
.commits .reason { white-space: pre-line; font-style: italic; }
.commits ul li { padding: 0.0625rem 0; }

@media (max-width: 46rem) {
  body { padding: 1.5rem 1rem; }
  h1 { font-size: 1.75rem; }
  .figures { grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: 1.25rem; }
  .figures dd { font-size: 1.625rem; }
  .stacks thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stacks tr { display: flex; flex-wrap: wrap; gap: 0 0.875rem; padding: 0.5rem 0; border-top: 1px solid var(--line); }
  .stacks th, .stacks td { padding: 0; border: 0; }
  .stacks th[scope="row"] { flex-basis: 100%; }
  .partners td:last-child::before { content: "changed "; }
  .certificates td:nth-child(2)::before { content: "request "; }
  .certificates td:nth-child(4)::before { content: "from "; }
  .certificates td:nth-child(5)::before, .ends td:nth-child(2)::before { content: "until "; }
  .stacks td.none { display: none; }
  .commits ul, .commits .reason { margin-left: 0; }
}
@media print {
  :root { font-size: 10pt; }
  body { max-width: none; padding: 0; }
  nav { display: none; }
  section { margin-top: 2rem; padding-top: 1rem; }
  h2, h3, thead, summary { break-after: avoid; }
  tr, .finding, .commits > li, .figures, svg { break-inside: avoid; }
  svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
@media (forced-colors: active) {
  svg rect:not(.track) { fill: CanvasText; }
}
)css"};

constinit const Markup report_style_hash{"sha256-bPxmO1/PlQoNCuePeRAwhsrEROUwoFQSauNPZb/KSbY="};

}  // namespace xmppfed::core
