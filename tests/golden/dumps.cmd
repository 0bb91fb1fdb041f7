# Dumps of a deployment as Windows PowerShell writes them, numbers and cells, and what is given to the wrong command.

@file dumps_counted.json
@file dumps_utf16.json
@file dumps_wrong.json
@file dumps_numbers.json
@file dumps_fraction.json
@file dumps_cells.jsonl
partner import /tmp/golden/dumps_utf16.json -o json
partner import /tmp/golden/dumps_counted.json
partner import /tmp/golden/dumps_wrong.json
apply --file /tmp/golden/dumps_counted.json
plan --file /tmp/golden/dumps_counted.json -o json
partner validate --file /tmp/golden/dumps_counted.json
apply --file /tmp/golden/dumps_utf16.json
partner import /tmp/golden/dumps_numbers.json
partner import /tmp/golden/dumps_cells.jsonl
partner validate --file /tmp/golden/dumps_numbers.json
partner validate --file /tmp/golden/dumps_fraction.json
apply --file /tmp/golden/dumps_numbers.json -q
apply --file /tmp/golden/dumps_cells.jsonl -q
partner list -o csv
partner edit a.example --additional "x.a.example, y.a.example" -q
history --limit 1
history --limit 1 -o json
partner revert a.example --to-entry 3 -q
partner revert a.example --to-entry 1
partner revert a.example --to 1 --to-entry 1
@answer n
apply --file /tmp/golden/dumps_cells.jsonl --prune
@answer y
partner import /tmp/golden/dumps_counted.json --prune
apply --file /tmp/golden/dumps_cells.jsonl --prune --yes -q
