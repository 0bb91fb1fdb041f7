# Manifests: plan, apply, export, prune, import, and what is refused.

@file manifest.json
@file manifest_later.json
@file manifest_unsound.json
@file manifest_lines.json
@file manifest_allowlist.json
plan --file /tmp/golden/manifest.json
partner validate --file /tmp/golden/manifest.json -o json
apply --file /tmp/golden/manifest.json -m "as reviewed"
apply --file /tmp/golden/manifest.json
plan --file /tmp/golden/manifest.json --detailed-exitcode
export
export -o jsonl
plan --file /tmp/golden/manifest_later.json
plan --file /tmp/golden/manifest_later.json --prune
plan --file /tmp/golden/manifest_later.json --prune -o json
plan --file /tmp/golden/manifest_later.json --prune -o jsonl
plan --file /tmp/golden/manifest_later.json --prune --strict
apply --file /tmp/golden/manifest_later.json
apply --file /tmp/golden/manifest_later.json --prune --if-store-revision 7
apply --file /tmp/golden/manifest_later.json --prune --if-store-revision 1 --dry-run
apply --file /tmp/golden/manifest_later.json --prune --if-store-revision 1 --dry-run -o json
apply --file /tmp/golden/manifest_later.json --prune --if-store-revision 1 -o json
apply --file /tmp/golden/manifest_later.json --prune --quiet
apply --file /tmp/golden/manifest_unsound.json
plan --file /tmp/golden/manifest_unsound.json -o json
partner validate --file /tmp/golden/manifest_unsound.json
apply --file /tmp/golden/manifest_lines.json -o json
apply --file /tmp/golden/none.json
apply --file /tmp/golden
apply
partner import /tmp/golden/manifest_allowlist.json --dry-run
partner import /tmp/golden/manifest_allowlist.json -o jsonl
export --format powershell
export -o csv
history -o jsonl
