# One partner from its first commit to its last, in words.

partner list
partner new --primary fabrikam.com --additional corp.fabrikam.com,it.fabrikam.com --type federated -m "contract 4711"
partner new --primary litwareinc.com --preset flexible --description "Litware; call Jane"
partner edit fabrikam.com --tls optional
partner edit fabrikam.com --tls required --add-domain hr.fabrikam.com --remove-domain it.fabrikam.com
partner edit fabrikam.com --add-domain hr.fabrikam.com
partner edit litwareinc.com --primary litware.example --enabled false -m "renamed and suspended"
partner show hr.fabrikam.com
partner list
partner list --match *.fabrikam.com
partner remove fabrikam.com litware.example --yes -m over
history
