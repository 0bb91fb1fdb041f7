# JSON lines and CSV.

partner new --primary fabrikam.com --additional it.fabrikam.com,corp.fabrikam.com --description "=HYPERLINK(\"x\")" -o csv
partner new --primary litwareinc.com --preset dialback --description "-1, or \"more\"" -o jsonl
partner list -o jsonl
partner list -o csv
partner validate -o jsonl
partner validate -o csv
history -o csv --limit 1
history -o jsonl --limit 1
partner remove litwareinc.com --yes -o csv
