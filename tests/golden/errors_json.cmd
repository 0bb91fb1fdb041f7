# Documents of kind error, one of each code that a command can come to here.

-o json partnr
partner show nobody.example -o json
partner new --primary a.example --tls not-supported -o json
partner new --primary a.example -o json
partner new --primary b.example --additional a.example -o json
partner new --primary b.example --dialback true --strict -o json
@sql PRAGMA user_version = 999
partner list -o json
