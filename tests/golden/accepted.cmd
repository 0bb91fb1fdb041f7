# Warnings that a partner has accepted.

partner new --primary intranet --accept domain-single-label --strict
partner new --primary a.example --dialback true --accept domain-owned
partner new --primary a.example --dialback true --accept type-not-recommended
partner new --primary a.example --dialback true --additional contoso.com --strict --accept dialback-unused
partner new --primary a.example --dialback true --additional contoso.com -q
partner edit a.example --accept dialback-unused,domain-outside-primary --accept "Domain Own" -m "agreed with them"
partner edit a.example --accept domain-own --unaccept domain-single-label
partner edit a.example --accept domain-own --unaccept domain-own
partner validate
partner validate --strict -q
partner validate -o json
partner validate -o jsonl
partner show a.example
partner explain a.example
edge set --access-edge sip.contoso.com --sip-domain contoso.com --strict -q
edge show
edge show -o json
partner edit a.example --unaccept domain-own --unaccept domain-own
edge show
partner list --columns primary_domain,accepted_warnings
partner list --columns primary_domain,accepted_warnings -o csv
history --limit 2
history --limit 1 -o json
export
partner edit a.example intranet --accept "" --dry-run -q
partner edit a.example --accept ""
undo
partner show a.example -o json
store check -q
