# Taking back what was committed, and going back to what was.

partner new --primary fabrikam.com --type federated -m "contract of March" -q
partner edit fabrikam.com --preset flexible --description "Their new proxy offers no SASL until summer" -m "their proxy" -q
undo --dry-run
undo --dry-run -o json
undo -m "it does offer it"
history
history --since 2026-03-15 --until 24h
history --commit 2
history --action partner.update --actor tester -o jsonl
history --action partner.updated
history --since yesterday
undo 1
undo 1 -o json
partner remove fabrikam.com --yes -q
undo -o json
undo -o jsonl
undo 99
edge set --access-edge sip.contoso.com --sip-domain contoso.com -q
undo
undo
export --at 2
export --at 1 -o jsonl
export --at 99
partner new --primary litwareinc.com --type federated -q
partner edit litwareinc.com --primary litwareinc.example -q
undo -o json
