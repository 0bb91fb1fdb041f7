# Completion of xmppfed for fish. The program itself knows what may stand at the cursor.

function __xmppfed_complete
    set -l before (commandline --current-process --tokenize --cut-at-cursor)
    while string match --quiet -- '*=*' $before[1] # variables set for the command
        set --erase before[1]
    end
    set -l token (commandline --current-token --cut-at-cursor)
    set -l current (string unescape -- "$token"; or string trim --left --chars '\'"' -- "$token")
    set -l program (string replace --regex -- '^~/' "$HOME/" $before[1])
    for line in ($program __complete $before[2..-1] "$current" 2>/dev/null)
        if test "$line" = :files
            set -l prefix (string match --regex -- '^--[^=]*=' "$token")
            for file in (complete --do-complete "'' "(string replace -- "$prefix" '' "$token"))
                printf '%s%s\n' "$prefix" "$file"
            end
        else
            printf '%s\n' "$line"
        end
    end
end

complete --command xmppfed --no-files --arguments '(__xmppfed_complete)'
