"""The frame of the bad-inputs test: the corpus (tests/data/bad-inputs.md) taken apart, one row for each of its items,
and the bench on which the rows are tried."""

import dataclasses
import json
import re
import unicodedata

import process
from process import DONE, ERROR_CODES, REFUSED, USAGE

CORPUS = process.SOURCE_DIR / "tests" / "data" / "bad-inputs.md"

# The partners of the store that every case starts with.
PARTNERS = (
    ("--primary", "fabrikam.com", "--additional", "corp.fabrikam.com,it.fabrikam.com", "--type", "federated"),
    ("--primary", "litwareinc.com", "--preset", "dialback", "--type", "public-unverified"),
)


# --- the corpus ---------------------------------------------------------------------------------------


def _masked(text):
    """The text with what stands between backticks or parentheses blanked out, so that its separators do not count."""
    masked = re.sub(r"`[^`]*`", lambda match: "x" * len(match[0]), text)
    return re.sub(r"\([^()]*\)", lambda match: "x" * len(match[0]), masked)


def _split(text, separator):
    masked, parts, begin = _masked(text), [], 0
    for match in re.finditer(separator, masked):
        parts.append(text[begin : match.start()])
        begin = match.end()
    parts.append(text[begin:])
    return [part.strip() for part in parts]


def corpus_items(text=None):
    """Every item of the corpus, as (bullet, item). Refused items are separated by semicolons; what is accepted follows
    as sentences of its own (`Accepted and equal: a, b.`), separated by commas."""
    text = CORPUS.read_text(encoding="utf-8") if text is None else text
    bullets = re.findall(r"^- (.*?)(?=^- |\Z)", text, re.MULTILINE | re.DOTALL)
    items = []
    for bullet in bullets:
        title, body = re.fullmatch(r"\*\*(.*?)\*\*[^:]*: (.*)", " ".join(bullet.split())).groups()
        first, *accepted = _split(body.removesuffix("."), r"\. (?=Accepted)")
        items += [(title, item) for item in _split(first, ";")]
        for sentence in accepted:
            heading, names = sentence.split(": ", 1)
            items += [(title, f"{heading}: {item}") for item in _split(names, ",")]
    return items


# --- rows ---------------------------------------------------------------------------------------------


@dataclasses.dataclass
class Row:
    """One item of the corpus. `cases` are called with the bench and the row's name; a row that waits for a command
    that does not exist yet names it."""

    bullet: str
    item: str
    cases: tuple = ()
    waits_for: str = ""

    @property
    def name(self):
        return f"{self.bullet}: {self.item}"


def row(bullet, item, *cases, waits_for=""):
    return Row(bullet, item, cases, waits_for)


# --- the bench ----------------------------------------------------------------------------------------


def unsafe_characters(octets):
    """What must not reach a terminal: control characters other than the newline, bidi controls, line separators, and
    bytes that are no UTF-8."""
    bidi = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    try:
        text = octets.decode()
    except UnicodeDecodeError as error:
        return [str(error)]
    found = [c for c in text if c != "\n" and (unicodedata.category(c) in ("Cc", "Zl", "Zp") or c in bidi)]
    return sorted({f"U+{ord(c):04X}" for c in found})


class Bench:
    def __init__(self, tally, scratch):
        self.tally = tally
        self.scratch = scratch
        self.check = tally.check
        self.refusals = 0
        self.prepared = scratch.folder() / "store.db"
        for partner in PARTNERS:
            result = process.run("partner", "new", *partner, store=self.prepared)
            tally.check(result.code == DONE, f"the store is prepared: {result}")
        self.content = process.content(self.prepared)

    def store(self):
        """A new copy of the prepared store."""
        return process.copy_store(self.prepared, self.scratch.folder() / "store.db")

    def missing(self):
        return self.scratch.folder() / "missing" / "store.db"

    def sound(self, name, result):
        """What holds for every run: it ends by itself, and prints nothing harmful."""
        self.check(not result.crashed, f"{name}: no crash: {result}")
        is_csv = "csv" in result.words  # which a file gets octet by octet; what a terminal gets is another test's
        for stream, text in (("stdout", b"" if is_csv else result.out), ("stderr", result.err)):
            found = unsafe_characters(text.replace(b"\r\n", b"\n"))
            self.check(not found, f"{name}: {stream} is harmless, not {found}: {result}")

    def check_error(self, name, result, code, says):
        """A failure of `code` as text."""
        self.sound(name, result)
        self.check(result.code == code, f"{name}: exits {code}: {result}")
        self.check(result.out == b"", f"{name}: nothing on stdout: {result}")
        text = result.err.decode(errors="replace")
        self.check(text.startswith("xmppfed: error: "), f"{name}: the message is an error: {result}")
        errors = [line for line in text.splitlines() if line.startswith("xmppfed: error: ")]
        self.check(all(word in " ".join(errors) for word in says), f"{name}: the message names {says}: {result}")
        hinted = re.search(r"^xmppfed: error: .*\nhint: \S", text, re.MULTILINE)
        self.check(hinted, f"{name}: the error is followed by a hint: {result}")

    def check_json_error(self, name, result, code, field, rule):
        self.check(result.code == code, f"{name}: exits {code} with JSON too: {result}")
        try:
            document = json.loads(result.out)
        except ValueError as problem:
            self.check(False, f"{name}: the error is JSON ({problem}): {result}")
            return
        error = document.get("error") or {}
        actual = (document.get("kind"), error.get("code"), error.get("exit_code"))
        self.check(actual == ("error", ERROR_CODES[code], code), f"{name}: the document tells the failure: {result}")
        found = [(d["field"], d["rule"]) for d in document.get("diagnostics", []) if d["severity"] == "error"]
        if rule:
            self.check((field, rule) in found, f"{name}: {field}, {rule} is among the findings: {result}")
        else:
            self.check(not found, f"{name}: no rule has spoken: {result}")

    def refused(self, name, words, code=REFUSED, says=(), field=None, rule=None, store=None, look=process.raw):
        """The command fails with `code` and a message that says all of `says`; the store has not changed by one byte,
        or in what `look` sees of it. The same as JSON. A store that is not there stays away."""
        store = store or self.store()
        before = look(store)
        self.check_error(name, process.run(*words, store=store), code, says)
        self.refusals += 1
        every_way = not process.SPARSE or self.refusals % 5 == 0
        if every_way:
            self.check_json_error(name, process.run("-o", "json", *words, store=store), code, field, rule)
        self.check(look(store) == before, f"{name}: the store has not changed")
        if every_way and words[:2] == ["partner", "new"] and code in (USAGE, REFUSED):
            missing = self.missing()
            result = process.run(*words, store=missing)
            self.check(result.code == code, f"{name}: exits {code} without a store too: {result}")
            self.check(not missing.parent.exists(), f"{name}: a refusal leaves no store behind")

    def accepted(self, name, words, store=None, warns=None, rule=None):
        """The command succeeds; with `warns`, on a warning of the rule that refuses with --strict."""
        if warns:
            self.refused_by_strict(name, words, warns, rule)
        store = store or self.store()
        result = process.run(*words, store=store)
        self.sound(name, result)
        self.check(result.code == DONE, f"{name}: is accepted: {result}")
        text = result.err.decode(errors="replace")
        if warns:
            self.check("xmppfed: warning: " in text and f"[{rule}]" in text and warns in text, f"{name}: warns: {result}")
        else:
            self.check("warning" not in text, f"{name}: no warning: {result}")
        check = process.run("store", "check", store=store)
        self.check(check.code == DONE, f"{name}: the store is sound: {check}")
        return store

    def refused_by_strict(self, name, words, warns, rule):
        store = self.store()
        before = process.raw(store)
        result = process.run(*words, "--strict", store=store)
        self.check(result.code == REFUSED, f"{name}: --strict refuses: {result}")
        self.check(f"[{rule}]" in result.err.decode() and warns in result.err.decode(), f"{name}: says why: {result}")
        self.check(process.raw(store) == before, f"{name}: --strict has not changed the store")

    def partner(self, store, domain):
        """The partner as JSON, or None."""
        result = process.run("partner", "show", "-o", "json", "--", domain, store=store)
        return json.loads(result.out)["partner"] if result.code == DONE else None

    def primaries(self, store):
        result = process.run("partner", "list", "-o", "jsonl", store=store)
        self.check(result.code == DONE, f"the store can be listed: {result}")
        return [json.loads(line)["primary_domain"] for line in result.out.splitlines()]

    def unchanged(self, name, store, before):
        self.check(process.raw(store) == before, f"{name}: the file has not changed by one byte")

    def new_store_works(self, name, store):
        """A commit into the store, whatever it was."""
        result = process.run("partner", "new", "--primary", "tailspin.example", "--type", "federated", store=store)
        self.check(result.code == DONE, f"{name}: a partner is committed: {result}")
        self.check("tailspin.example" in self.primaries(store), f"{name}: the partner is there")
        check = process.run("store", "check", store=store)
        self.check(check.code == DONE, f"{name}: the store is sound: {check}")


def run_rows(rows, bench):
    """Tries every row, compares the table with the corpus, and asserts that nothing waits in vain."""
    check = bench.check
    items = corpus_items()
    named = [(row.bullet, row.item) for row in rows]
    for item in items:
        check(named.count(item) == 1, f"the corpus has {item}: one row, not {named.count(item)}")
    for item in named:
        check(item in items, f"the row {item} is an item of the corpus")
    waiting = {}
    for row in rows:
        check(row.cases or row.waits_for, f"{row.name}: is provoked, or waits for a command")
        for case in row.cases:
            case(bench, row.name)
        if row.waits_for:
            waiting.setdefault(row.waits_for, []).append(row.name)
    for command, names in waiting.items():
        result = process.run("help", *command.split())
        text = result.err.decode(errors="replace")
        absent = result.code == USAGE and "there is no command" in text
        for name in names:
            check(absent, f"{name}: `{command}` exists now, so that this row needs its cases")
    provoked = sum(1 for row in rows if row.cases)
    print(f"{len(items)} items in the corpus, {len(rows)} rows: {provoked} provoked")
    for command, names in waiting.items():
        print(f"{len(names)} rows wait for `{command}`")
