# Command lines that are wrong.

partnr list
partner nwe
partner new
partner new --primry a.example
partner new --primary
partner new --primary a.example --tls requird
partner new --primary a.example --dialback yes
partner new --primary a.example --connection-limit ten
partner new --primary a.example --primary b.example
partner edit a.example
partner edit a.example --additional b.example --add-domain c.example
partner edit a.example --add-domain c.example --remove-domain C.example
partner explain --tls required
partner show
partner show a b
partner list -o yaml
store info -o csv
partner list --quiet=yes
partner list --wait 1.5
history --limit -1
partner list --store mysql://db.example/book
partner new --primary a.example --store postgresql://joe:hunter2@db.example/book
store init --grant alice=viewer
history --commit-id 17
