# Text for a person is wrapped to the terminal; what other programs read is not.

partner new --primary fabrikam.com --additional corp.fabrikam.com,it.fabrikam.com,rooms.fabrikam.com --description "A long description that needs some lines of its own" --type public-verified -q
@file edge.key
edge set --access-edge sip.contoso.com --web-conferencing webcon.contoso.com --sip-domain contoso.com,fabrikam.com --organization "Contoso and Sons, Limited Liability Company" -q
cert request --key /tmp/golden/edge.key --out - -q
@file manifest.json
@columns 80
partner show fabrikam.com
@columns 40
partner show fabrikam.com
partner explain --tls optional --sasl not-supported --dialback true
partner validate
edge show
cert show 1
plan --file /tmp/golden/manifest.json
store info
dns records
@columns 20
partner show fabrikam.com
config
