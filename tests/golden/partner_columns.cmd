# Which partners a list has, and which columns.

partner new --primary fabrikam.com --type federated --additional im.fabrikam.com -q
partner new --primary litwareinc.com --preset opportunistic --connection-limit 5 -q
partner new --primary chat.example --preset dialback --enabled false -q
partner list --method tcp-dialback
partner list --method tls-dialback --enabled true -o csv --columns primary_domain,methods
partner list --enabled false
partner list --columns updated_at,primary_domain,connection_limit,proxy_fqdn,keepalive --columns created_at
partner list --columns revision,enabled,additional_domains,description
partner list --columns "primary domain,TLS" -o csv
partner list --columns tls,tls
partner list --columns ""
partner list --columns tsl
partner list --columns tls -o json
@columns 40
partner list --columns primary_domain,methods,updated_at
