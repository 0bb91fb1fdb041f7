# What servers read. The digests are of files without a path in them.

render prosody
edge set --access-edge sip.contoso.com --sip-domain contoso.com -q
render prosody
render prosody --to nowhere
partner new --primary fabrikam.com --additional bücher.example --type federated -q
partner new --primary litwareinc.com --preset flexible --connection-limit 3 --proxy-fqdn xmpp.litwareinc.com -q
partner new --primary proseware.com --preset dialback --keepalive false --enabled false -q
render prosody --dry-run
render prosody
render prosody --if-changed
render prosody --dry-run
render prosody --target 13 --host chat.contoso.com --to - --mode config
render prosody --mode config
render prosody --mode config --allow-inexact -o json
render prosody --mode config --allow-inexact --strict
render ejabberd
render ejabberd --host contoso.com --host CONTOSO.com. --to - --allow-inexact
render ejabberd --to - --allow-inexact -o json
render ejabberd --allow-inexact --dry-run
render ejabberd --allow-inexact -q
render ejabberd --allow-inexact --dry-run -o json
partner new --primary adatum.com --type federated -q
render ejabberd --allow-inexact --dry-run -q
render ejabberd --target 24.02
render prosody --target 12
render prosody --mode modul
render prosody --host https://contoso.com
render prosody --reload-command "'"
render openfire
