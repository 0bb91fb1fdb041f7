# Our own side, and what DNS must say of it.

edge show
edge show -o json
dns records
edge set --access-edge Sip.Contoso.Com. --web-conferencing webcon.contoso.com --sip-domain contoso.com,fabrikam.com --organization "Contoso Ltd" --country DE
edge set --add-sip-domain münchen.example -o json
edge set --remove-sip-domain contoso.com --no-xmpp-domains --dry-run
edge set --country Germany
edge set
partner new --primary contoso.com -q
partner validate
edge show
edge show -o json
dns records
dns records -o json
history
history -o json --limit 1
edge set --no-xmpp-domains --store first.db -q
history --store first.db
undo --store first.db
undo --store first.db
