# What holds for the streams of all partners.

@file gateway.json
@file gateway_wrong.json
@file gateway_dump.json
gateway show
gateway show -o json
gateway set --connection-limit 1000
gateway set --connection-limit 1200 --inactivity-timeout 900 --dry-run
gateway set --connection-limit 1200 --inactivity-timeout 900 -m "more partners"
gateway set --log-message-bodies TRUE -o json
gateway set --keepalive-interval 0 --establishment-timeout 4294967296
gateway set --keepalive-interval 0 -o json
gateway set --keepalive-interval 5m
gateway set
gateway show -o csv
history
history -o json --limit 1
export
export -o jsonl
export --format powershell
apply --file /tmp/golden/gateway.json --dry-run
plan --file /tmp/golden/gateway.json -o json
apply --file /tmp/golden/gateway.json
apply --file /tmp/golden/gateway_wrong.json
apply --file /tmp/golden/gateway_dump.json
partner import /tmp/golden/gateway_dump.json
partner validate --file /tmp/golden/gateway_wrong.json
export
store check
