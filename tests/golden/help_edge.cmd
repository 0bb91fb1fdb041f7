edge --help
edge set --help
edge show --help
gateway --help
gateway set --help
gateway show --help
cert --help
cert request --help
cert list --help
cert show --help
dns records --help
cert import --help
cert assign --help
cert status --help
cert check --help
cert export --help
cert cancel --help
