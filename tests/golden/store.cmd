store info
store info -o json
store check -o json
store init -o json
store init
partner new --primary a.example --additional x.a.example -q
store info -o json
store check
store check -o json
store backup copy.db
store backup copy.db
store backup other.db -o json
partner list --store copy.db
partner validate --store none.db
store backup x.db --store none.db
config
config -o json
config -o jsonl
