@settings settings_machine.json
config
config -o json
config -o csv
config --wait 1 --color always --store x.db -o jsonl
@settings settings_wrong.json
partner list
partner list -o json
--version
completion bash --color never -o json
completion sh
