# Certificate requests with a key that is there, so that they come out the same each time.

@file edge.key
cert list
cert list -o json
cert request
edge set --access-edge sip.contoso.com --web-conferencing webcon.contoso.com --sip-domain contoso.com,fabrikam.com --organization Contoso -q
cert request --key /tmp/golden/edge.key --dry-run
cert request --key /tmp/golden/edge.key --out - -q
cert list
cert request --key /tmp/golden/edge.key --san im.contoso.com -o json
cert request --key /tmp/golden/edge.key
cert list -o json
cert show 1
cert show 1 -o json
cert show 7
history --limit 1
store check
