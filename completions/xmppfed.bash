# Completion of xmppfed for bash. The program itself knows what may stand at the cursor.
# shellcheck shell=bash

# Parts a line at its blanks and takes the quotes away, as bash will: into `words`, with one for the cursor at the end.
# `kept` becomes the part of the last word that bash does not complete, because it breaks words at = and : too.
_xmppfed_split() {
  local rest=$1 char quote='' inside=false
  words=() kept=
  while [[ -n $rest ]]; do
    char=${rest:0:1} rest=${rest:1}
    if [[ -z $quote && $char == [[:blank:]] ]]; then
      inside=false
      continue
    fi
    if ! $inside; then
      words+=('') kept='' inside=true
    fi
    if [[ $char == "$quote" ]]; then
      quote=
    elif [[ -z $quote && $char == [\'\"] ]]; then
      quote=$char
    elif [[ $char == \\ && $quote != \' ]]; then
      words[-1]+=${rest:0:1} rest=${rest:1}
    else
      words[-1]+=$char
      [[ -n $quote || $COMP_WORDBREAKS != *"$char"* ]] || kept=${words[-1]}
    fi
  done
  $inside || words+=('') kept=
}

_xmppfed() {
  local words kept line
  _xmppfed_split "${COMP_LINE:0:COMP_POINT}"
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      compopt -o default
    else
      line=${line%%$'\t'*}
      COMPREPLY+=("${line#"$kept"}")
    fi
  done < <("${words[0]/#~\//$HOME/}" __complete "${words[@]:1}" 2>/dev/null)
} && complete -F _xmppfed xmppfed
