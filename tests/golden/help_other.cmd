history --help
store init --help
store info --help
store check --help
store backup --help
completion --help
help help
# on a narrow terminal
@columns 50
partner remove --help
