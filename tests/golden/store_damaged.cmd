# What somebody wrote past the program.

partner new --primary a.example --additional x.a.example -q
partner new --primary b.example -q
@sql UPDATE partner SET tls = 'not-supported', description = char(27) || '[2Jx' WHERE primary_domain = 'a.example'
@sql INSERT INTO claim VALUES ('lost.example', 'nobody.example')
store check
store check -o json
partner validate
partner validate -o json
partner show a.example
partner list
partner edit a.example --description fine
