# The federation on a page: of an empty book, and of one with everything that a page has a place for.

@file edge.key
@file edge.crt
@file intermediate.crt
@file root.crt
@file report_probe.json
@file manifest.json
report --format markdown
edge set --access-edge sip.contoso.com --web-conferencing webcon.contoso.com --sip-domain contoso.com,fabrikam.com --organization Contoso -q
cert request --key /tmp/golden/edge.key --out - -q
cert import /tmp/golden/edge.crt --chain /tmp/golden/intermediate.crt --ca-file /tmp/golden/root.crt -q
cert assign 1 --to /tmp/golden/live -q
cert request --renew 1 --reuse-key --friendly-name "The <next> one" --out - -q
partner new --primary fabrikam.com --type federated --additional corp.fabrikam.com --description "Robots & others" -m "contract *of* March" -q
partner new --primary bücher.example --preset opportunistic --type federated -q
partner new --primary litwareinc.com --preset dialback -q
partner new --primary דוגמה.example --enabled false --description "שותף" -q
partner edit fabrikam.com --preset flexible -q
report --format markdown --probe /tmp/golden/report_probe.json
report
report --probe /tmp/golden/report_probe.json --to /tmp/golden/page.html
report --to /tmp/golden/page.html -q
report --probe /tmp/golden/nowhere.json
report --probe /tmp/golden/manifest.json
report --to /tmp/golden
report --to /tmp/golden/none/page.html
report --to ""
report --format pdf
report -o json
