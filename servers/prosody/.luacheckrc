-- What Prosody gives to modules and to configuration files.
std = "lua54"
max_line_length = 120
unused_args = true
read_globals = { "prosody" }
globals = { "module" }
