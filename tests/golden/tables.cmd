# Lists on terminals of several widths: no name, value, number or time is cut.

partner new --primary fabrikam.com --type federated --additional corp.fabrikam.com,it.fabrikam.com,rooms.fabrikam.com --description "Their service desk answers at any hour" -m "Agreed on with their service desk in March" -q
partner new --primary 例子.example --description 日本語の説明はとても長いので切り詰められます -q
partner new --primary chat.litwareinc.example --enabled false -q
partner edit fabrikam.com --preset flexible --connection-limit 50 -m "Their proxy offers no SASL" -q
@file edge.key
@file edge.crt
@file intermediate.crt
@file root.crt
edge set --access-edge sip.contoso.com --web-conferencing webcon.contoso.com --sip-domain contoso.com,fabrikam.com --organization Contoso -q
cert request --key /tmp/golden/edge.key --out - -q
cert import /tmp/golden/edge.crt --chain /tmp/golden/intermediate.crt --ca-file /tmp/golden/root.crt -q
cert assign 1 --to /tmp/golden/live -q
cert request --renew 1 --reuse-key --friendly-name "The next one" --out - -q
@columns 120
partner list
history
cert list
@columns 80
partner list
history
cert list
@columns 60
partner list
history
cert list
@columns 40
partner list
history
cert list
@columns 20
partner list
cert list
@columns 80
partner new --primary chat.a-rather-long-name.litwareinc.example -q
partner list
partner list -q
history --limit 1
