# What becomes of a request: its certificate is imported, assigned, watched and renewed.

@file edge.key
@file edge.crt
@file intermediate.crt
@file root.crt
edge set --access-edge sip.contoso.com --web-conferencing webcon.contoso.com --sip-domain contoso.com,fabrikam.com --organization Contoso -q
cert import /tmp/golden/edge.crt
cert request --key /tmp/golden/edge.key --out - -q
cert status
cert status --format nagios
cert status --format prometheus
cert assign 1
cert check /tmp/golden/edge.crt
cert check /tmp/golden/edge.crt -o json
cert check /tmp/golden/root.crt
cert import /tmp/golden/edge.crt --ca-file /tmp/golden/root.crt
cert import /tmp/golden/edge.crt --chain /tmp/golden/intermediate.crt --ca-file /tmp/golden/root.crt
cert import /tmp/golden/edge.crt --chain /tmp/golden/intermediate.crt -q
cert assign 1 --to /tmp/golden/live
cert status
cert status -o json
cert status -o jsonl
cert status -o csv
cert status -q
cert status --format nagios
cert status --format nagios --warn-days 120
cert status --format nagios --warn-days 120 --strict
cert status --format prometheus --warn-days 120
cert status --format nagios -o json
cert status --format nagioss
cert status --warn-days 120
cert status --warn-days 120 --strict
edge set --add-sip-domain litware.example -q
cert status
cert status --format nagios
cert status -q
cert cancel 1
cert list
cert show 1 -o json
cert request --renew 1 --reuse-key --out - -q
cert show 2
cert cancel 2
cert export 1 --pfx /tmp/golden/edge.pfx
cert request --format inf --template WebServer
cert request --format powershell --curve P-384
cert show 4 --pem
cert retire 2 --reason superseded
cert retire 3 --reason cessation
cert retire 1
cert retire 1 --reason compromise
cert retire 1 --reason key-compromise --dry-run
cert retire 1 --reason key-compromise -m "the backup was stolen"
cert retire 1 --reason "Key Compromise"
cert retire 1 --reason superseded
cert status
cert status -o json
cert status --format nagios
cert assign 1
cert import /tmp/golden/edge.crt
cert request --renew 1 --reuse-key --out -
cert show 1 -o json
undo
history --limit 3
store check
