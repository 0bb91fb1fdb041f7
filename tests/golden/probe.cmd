# Nobody answers: what could not be looked at is a failure of ours, and a document all the same.

edge set --access-edge sip.contoso.com --sip-domain contoso.com -q
partner probe --resolver 127.0.0.1:1
dns check --resolver 127.0.0.1:1
partner new --primary fabrikam.com --preset flexible -q
dns check fabrikam.com --resolver 127.0.0.1:1
dns check fabrikam.com --resolver 127.0.0.1:1 -o json
dns check --edge --resolver 127.0.0.1:1
dns check nobody.example --resolver 127.0.0.1:1
dns check fabrikam.com --resolver nowhere
partner probe fabrikam.com --resolver 127.0.0.1:1
partner probe fabrikam.com --resolver 127.0.0.1:1 -o json
partner probe fabrikam.com --connect 127.0.0.1:1 -o json
partner probe fabrikam.com --connect 127.0.0.1:1
partner probe nobody.example --resolver 127.0.0.1:1
partner probe fabrikam.com --from contoso.example
partner probe fabrikam.com --parallel 0
partner probe fabrikam.com --dnssec sometimes
partner probe fabrikam.com --ipv4 --ipv6
