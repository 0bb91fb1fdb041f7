"""Interactive shells on a terminal of their own, in which a test presses Tab."""

import signal

import pexpect

TIMEOUT = 60
PROMPT = b"ready> "
DUMP = "\x07"  # Control-G: shows the line as it is, and empties it

# What a user's own configuration would do beside loading completions, and the key DUMP.
_SETUP = {
    "bash": """
PS1='ready> '
bind 'set bell-style none' 'set enable-bracketed-paste off'
unset HISTFILE
dump() { printf '<<<%s>>>\\n' "$READLINE_LINE"; READLINE_LINE='' READLINE_POINT=0; }
bind -x '"\\C-g": dump'
""",
    "zsh": """
PROMPT='ready> '
unsetopt prompt_sp prompt_cr beep
unset zle_bracketed_paste
autoload -Uz compinit && compinit -u -D
dump() { print -rn -- "<<<$BUFFER>>>"; BUFFER= }
zle -N dump
bindkey '^G' dump
""",
    "fish": """
function fish_prompt; printf 'ready> '; end
set fish_greeting
set fish_autosuggestion_enabled 0
function dump; printf '<<<%s>>>' (commandline); commandline ''; end
bind \\cg dump
""",
}
_COMMANDS = {
    "bash": ["bash", "--noprofile", "--rcfile", "{home}/setup", "-i"],
    "zsh": ["zsh", "-d", "-i"],  # reads $ZDOTDIR/.zshrc and nothing of /etc but zshenv
    "fish": ["fish", "--private", "--init-command", "source {home}/setup", "--interactive"],
}
NAMES = tuple(_COMMANDS)


class Shell:
    """An interactive shell on a terminal of its own."""

    def __init__(self, name, home, setup, env, command=(), seen_as=None):
        """Starts it with `env` as all of its environment. `setup` loads the completions. `command` is what starts it
        elsewhere, where `home` is seen as `seen_as`."""
        self.name = name
        (home / ("setup" if name != "zsh" else ".zshrc")).write_text(setup + _SETUP[name])
        seen_as = str(seen_as or home)
        env = {**env, "HOME": seen_as, "TERM": "xterm", "ZDOTDIR": seen_as, "INPUTRC": "/dev/null",
               "XDG_CONFIG_HOME": f"{seen_as}/config"}
        words = [word.format(home=seen_as) for word in _COMMANDS[name]]
        if name == "fish" and not command:
            words.insert(1, "--no-config")  # what this machine has installed is not what is tested
        if command:
            words = [*command, "env", *(f"{key}={value}" for key, value in env.items()), *words]
            env = None  # what starts it has ours
        self.child = pexpect.spawn(words[0], words[1:], env=env, cwd=str(home), timeout=TIMEOUT, dimensions=(50, 240))
        self.child.delaybeforesend = None
        self.child.ptyproc.delayafterclose = self.child.ptyproc.delayafterterminate = 0
        self.child.expect_exact(PROMPT)

    def press_tab(self, line):
        """Types a line and Tab: the line as it is then, and all that the terminal got."""
        self.child.send(f"{line}\t{DUMP}")
        self.child.expect(rb"<<<(.*?)>>>")
        return self.child.match.group(1).decode(), self.child.before

    def shows(self, line, text):
        """Whether a text appears when Tab is pressed behind a line."""
        self.child.send(f"{line}\t")
        found = self.child.expect_exact([text, pexpect.TIMEOUT], timeout=TIMEOUT) == 0
        self.child.send(DUMP)
        self.child.expect(rb"<<<(.*?)>>>")
        return found

    def close(self):
        self.child.kill(signal.SIGKILL)
        self.child.wait()
        self.child.close()
