partner new --help
partner edit --help
partner list --help
partner show --help
partner remove --help
partner validate --help
partner explain --help
