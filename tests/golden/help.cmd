# What the program and its nouns say of themselves.

help
partner
store --help
--version
