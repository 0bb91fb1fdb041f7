"""The examples in the manual and in the README: where they stand, and how they are run.

In a literal block, a line that begins with `$ ` is a command, which goes on while lines end with a backslash; what follows
is what it prints, standard error included. The commands of a page are run in order, in a directory and a store of their
own. Blocks without a command are data.
"""

import dataclasses
import datetime
import getpass
import os
import pathlib
import pwd
import re
import subprocess

import authority
import process

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")

# What a CA, or somebody else, would have sent: made when a command first names the file.
DELIVERIES = {
    "edge.crt": {},
    "without-domain.crt": {"names": ["sip.contoso.com"]},
    "expired.crt": {"start": -100, "end": -10},
    "tomorrow.crt": {"start": 1, "end": 91},
    "sha1.crt": {"digest": "sha1"},
    "server-only.crt": {"usages": "serverAuth"},
    "ten-days.crt": {"start": -80, "end": 10.5},
    "two-years.crt": {"start": -1, "end": 728.9},
    "wildcard.crt": {"names": ["sip.contoso.com", "*.contoso.com"]},
    "client-only.crt": {"usages": "clientAuth"},
    "signs-nothing.crt": {"more": {"keyUsage": "critical,nonRepudiation"}},
    "precertificate.crt": {"more": {authority.POISON: "critical,ASN1:NULL"}},
    "wildcard-edge.crt": {"names": ["*.contoso.com", "contoso.com"]},
    "must-staple.crt": {"more": {"tlsfeature": "status_request"}},
}


@dataclasses.dataclass
class Example:
    """A command, and what the text says that it prints; `first` and `last` are the lines of that."""

    command: str
    expected: list
    line: int
    first: int
    last: int


@dataclasses.dataclass
class Block:
    """A literal block: its heading, its kind (of a fence), and its lines with the number of the first."""

    heading: str
    kind: str
    start: int
    lines: list

    @property
    def is_commands(self):
        return any(line.startswith("$ ") for line in self.lines)

    def examples(self):
        found, index = [], 0
        while index < len(self.lines):
            line = self.lines[index]
            if not line.startswith("$ "):
                raise ValueError(f"line {self.start + index}: output of no command: {line}")
            begin, command = index, line[2:]
            while command.endswith("\\"):
                index += 1
                command = command[:-1] + self.lines[index].lstrip()
            if here := re.search(r"<<'?(\w+)'?$", command):  # a here-document is of the command, to the line that ends it
                while not command.endswith(f"\n{here[1]}"):
                    index += 1
                    if index == len(self.lines):
                        raise ValueError(f"line {self.start + begin}: no line {here[1]} ends the here-document")
                    command += "\n" + self.lines[index]
            first = index = index + 1
            while index < len(self.lines) and not self.lines[index].startswith("$ "):
                index += 1
            expected = self.lines[first:index]
            while expected and not expected[-1]:
                expected = expected[:-1]
            found.append(Example(command, expected, self.start + begin, self.start + first, self.start + index))
        return found


def _blocks(text, heading, begin, end):
    """`heading` and `begin` are patterns with one group; `end` is the line that ends a block."""
    blocks, title, current = [], "", None
    for number, line in enumerate(text.splitlines(), 1):
        if current is not None:
            if line == end:
                blocks.append(current)
                current = None
            else:
                current.lines.append(line)
        elif match := re.match(begin, line):
            current = Block(title, match[1], number + 1, [])
        elif match := re.match(heading, line):
            title = match[1]
    return blocks


def of_fragment(path):
    return _blocks(path.read_text(), r"\.S[hs] (.*)", r"\.Bd -literal(.*)", ".Ed")


def of_markdown(path):
    return _blocks(path.read_text(), r"#+ (.*)", r"```(.*)", "```")


class Scene:
    """Where the commands of one page are run."""

    def __init__(self, scratch):
        self.root = scratch.folder()
        self.directory = self.root / "srv" / "edge"
        for name in ("srv/edge", "home/admin", "bin", "etc"):
            (self.root / name).mkdir(parents=True)
        (self.root / "bin" / "xmppfed").symlink_to(process.XMPPFED)
        (self.root / "bin" / "systemctl").write_text("#!/bin/sh\n")
        (self.root / "bin" / "systemctl").chmod(0o755)
        self.scratch = scratch
        self.environment = process.environment(home=self.root / "home/admin", PATH=f"{self.root}/bin:/usr/bin:/bin")
        self.code = 0
        self._authorities = None

    def run(self, command):
        """What the command prints, with the paths that the text shows."""
        self._deliver(command)
        real = re.sub(r"(?<![\w.])/(etc/xmppfed|srv/edge)\b", lambda match: f"{self.root}/{match[1]}", command)
        child = subprocess.run(
            ["bash", "-c", f"umask 022\n(exit {self.code})\n{real}"], env=self.environment, cwd=self.directory, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)  # fmt: skip
        self.code = child.returncode
        return child.stdout.decode().replace(f"{self.root}/", "/").splitlines()

    def _deliver(self, command):
        for word in re.findall(r"[\w.-]+", command):
            path = self.directory / word
            if path.exists() or word not in (*DELIVERIES, "other.crt", "root.pem", "intermediates.pem"):
                continue
            if self._authorities is None:
                root = authority.make(self.scratch.folder())
                self._authorities = root, root.intermediate(self.scratch.folder(), "Test CA")
            root, issuer = self._authorities
            if word.endswith(".pem"):
                source = (root if word == "root.pem" else issuer).certificate
            elif word == "other.crt":
                source = issuer.issue_for_key(authority.EC, ["sip.contoso.com", "contoso.com"])
            else:
                options = dict(DELIVERIES[word])
                for end in ("start", "end"):
                    if end in options:
                        options[end] = authority.now() + datetime.timedelta(days=options[end])
                source = issuer.issue(self.directory / "sip.contoso.com.csr", **options)
            path.write_bytes(source.read_bytes())


def comparable(lines, command):
    """Without what differs from run to run: times, who runs it, and what the store's file is like."""
    names = "|".join({re.escape(pwd.getpwuid(os.geteuid()).pw_name), re.escape(getpass.getuser())})
    result = []
    for line in lines:
        line = re.sub(r"^(size bytes: +)\d+$", r"\1N", TIME.sub("TIME", line))
        if command.startswith(("xmppfed history", "xmppfed cert show", "xmppfed cert list")):
            # Names and paths decide how wide a column is.
            line = re.sub(" {2,}", "  ", re.sub(rf"\b({names})\b", "root", line))
        result.append(line.rstrip())
    while result and not result[-1]:
        result.pop()
    return result


def rewrite(path, outcomes):
    """Puts what was printed, a list of (example, lines), into the text."""
    lines = path.read_text().splitlines()
    for example, printed in reversed(outcomes):
        goes_on = example.last - 1 < len(lines) and lines[example.last - 1].startswith("$ ")
        lines[example.first - 1 : example.last - 1] = [*printed, *([""] if printed and goes_on else [])]
    pathlib.Path(path).write_text("\n".join(lines) + "\n")
