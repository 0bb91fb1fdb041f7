edge --help
edge set --help
edge show --help
cert --help
cert request --help
cert list --help
cert show --help
dns records --help
