# Everything that a rule of severity error refuses, and the conflicts.

partner new --primary fabrikam.com --additional x.fabrikam.com
partner new --primary a.example --tls not-supported
partner new --primary a.example --sasl not-supported
partner new --primary a.example --additional A.example.,b..c --connection-limit 0
partner new --primary "a b.example" --description "\\"
partner new --primary 192.0.2.1
partner new --primary fabrikam.com
partner new --primary a.example --additional x.fabrikam.com --dialback true
partner edit fabrikam.com --tls not-supported
partner edit fabrikam.com --keepalive false --if-revision 7
partner edit x.fabrikam.com --keepalive false
partner new --primary a.example --tls optional --strict
partner show nobody.example
partner remove fabrikam.com nobody.example --yes
partner remove fabrikam.com
partner list
