partner explain --preset strict
partner explain --preset flexible
partner explain --preset opportunistic
partner explain --preset dialback
partner explain --tls not-supported --sasl required --dialback true
partner explain --tls required --sasl not-supported --dialback false -o json
partner explain --preset flexible --peer-tls optional --peer-sasl not-supported --peer-dialback true
partner explain --preset flexible --peer-tls optional --peer-sasl not-supported --peer-dialback true -o json
partner explain --preset strict --peer-tls required --peer-sasl not-supported --peer-dialback true
partner explain --preset strict --peer-tls required --peer-sasl not-supported --peer-dialback true -o json
partner explain --preset strict -o json
partner new --primary fabrikam.com --additional im.fabrikam.com --preset flexible --enabled false -q
partner explain im.fabrikam.com
partner explain fabrikam.com -o json
partner explain fabrikam.com --peer-tls not-supported --peer-sasl not-supported --peer-dialback true
partner explain fabrikam.com --preset strict
partner explain nobody.example
