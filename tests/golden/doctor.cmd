# What doctor prints; tests/cli/commands/shell/doctor_test.cpp has what it finds.
doctor --offline
edge set --access-edge sip.contoso.com --sip-domain contoso.com -q
partner new --primary fabrikam.com --type federated -q
render prosody --to /tmp/golden -q
partner new --primary litwareinc.com --type federated --preset flexible -q
doctor --offline --rendered /tmp/golden
doctor --offline --rendered /tmp/golden -o json
doctor --offline --rendered=
help tcp-dialback-only
help exit-codes
help exit-cods
help edge-servs
