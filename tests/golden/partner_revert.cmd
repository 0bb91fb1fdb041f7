# History brings back what a partner was, through renames and removals.

partner revert a.example --to 1
partner new --primary a.example --description first -q
partner edit a.example --sasl optional --connection-limit 5 -q
partner edit a.example --primary b.example --additional c.b.example -q
partner edit b.example --description "" --connection-limit "" -q
partner revert b.example
partner revert b.example --to 9
partner revert b.example --to 2 --dry-run
partner revert b.example --to 2 -q -m "the rename was a mistake"
partner list -o csv
partner revert a.example --to 5
partner revert b.example --to 3
partner new --primary c.b.example -q
partner revert a.example --to 4
partner revert c.b.example --to 9
partner new --primary d.example --additional e.d.example -q
partner revert e.d.example --to 1
partner remove d.example --yes -q
partner revert e.d.example --to 1
partner remove a.example --yes -q
partner revert b.example --to 3
partner revert a.example --to 2 -o json
history --limit 2
store check
