# One change of several partners.

partner new --primary fabrikam.com --type federated -q
partner new --primary litwareinc.com --preset flexible --additional im.litwareinc.com -q
partner new --primary chat.example -q
partner edit fabrikam.com litwareinc.com --keepalive false -m "behind a firewall"
partner edit fabrikam.com FABRIKAM.com. --keepalive true -o json
partner edit fabrikam.com litwareinc.com --keepalive true -o json
partner edit --match '*.com' --dialback true --dry-run
partner edit --match '*.com' --dialback true
partner edit --match 'im.*' --enabled false --yes -o csv
partner edit --match '*.org' --enabled false --yes
partner edit fabrikam.com chat.example --add-domain shared.example
partner edit fabrikam.com nobody.example --enabled false
partner edit fabrikam.com litwareinc.com --sasl optional --tls not-supported
partner edit fabrikam.com litwareinc.com --primary x.example
partner edit --match '*.com' --if-revision 1 --enabled false
partner edit --match '*.com' fabrikam.com --enabled false
partner edit --enabled false
history --limit 3
@answer n
partner edit --match '*.com' --dialback true
@answer yes
partner edit --match '*.com' --dialback true
