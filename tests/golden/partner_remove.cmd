# The question, and the answers.

partner new --primary a.example -q
partner new --primary b.example -q
partner remove a.example
@answer no
partner remove a.example
@answer y
partner remove a.example b.example --no-input
partner remove a.example b.example
partner list
