# Every document of kind partner, partner-list and history.

partner list -o json
partner new --primary fabrikam.com --additional it.fabrikam.com --description "two\\lines \"quoted\"" --dialback true -o json
partner new --primary bücher.example --type public-verified --tls optional --proxy-fqdn proxy.example --connection-limit 4294967295 -o json
partner new --primary c.example --dry-run -o json
partner edit fabrikam.com --dialback false -m "never ran" -o json
partner edit fabrikam.com --dialback false -o json
partner edit fabrikam.com --primary fabrikam.example --dry-run -o json
partner show bücher.example -o json
partner list -o json
partner list -o json --limit 0
partner remove fabrikam.com --yes --dry-run -o json
partner edit fabrikam.com --primary fabrikam.example -o json
partner remove fabrikam.example --yes -o json
history -o json
history --partner nobody.example -o json
