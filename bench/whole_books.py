"""The pairs that read or write every partner of a book."""

import pathlib

import floor_sql
from measure import FEWER, MANY, check_store, compiled, manifest_lines, measured, run, stop, summary

# What is looked at for the memory that it takes alone. {lines} is the book as a manifest, {store} the book.
MEMORY_COMMANDS = {
    "table": "partner list",
    "sort": "partner list --sort -description -o jsonl",
    "match": "partner list --match *7.example -o csv",
    "plan": "plan --file {lines}",
    "again": "apply --quiet --file {lines}",
    "lint": "partner validate --file {lines}",
    "history": "history --limit 1000000 -o jsonl",
    "script": "export --format powershell",
}


class WholeBooks:
    """The pairs, and the books that they need, in a directory of their own."""

    def __init__(self, options, directory):
        self.options = options
        self.directory = directory
        self.xmppfed = str(options.xmppfed)

    def apply(self):
        return self.apply_lines(FEWER, self.options.rounds)

    def apply_random(self):
        return self.apply_lines(FEWER, self.options.rounds, shuffled=True)

    def apply1m(self):
        return self.apply_lines(MANY, 1)

    def apply1m_random(self):
        return self.apply_lines(MANY, 1, shuffled=True)

    def apply_lines(self, count, rounds, shuffled=False):
        """Each run begins with an empty store."""
        lines = self.lines(count, shuffled)
        script = self.directory / "apply.sql"
        sql = floor_sql.APPLY.format(partner=floor_sql.PARTNER, lines=lines, at=floor_sql.CREATED_AT)
        script.write_text(sql, encoding="utf-8")
        times, peaks = [], []
        for _ in range(rounds):
            ours, theirs = (self.empty_store(side) for side in ("ours", "theirs"))
            seconds, peak = measured(self.apply_command(lines, ours))
            floor, _ = measured(["sqlite3", "-bail", theirs, f".read {script}"])
            times.append(([seconds], [floor]))
            peaks.append(peak)
            for store in (ours, theirs):
                if run(["sqlite3", store, "SELECT count(*) FROM history"]).strip() != str(count):
                    stop(f"{store} does not hold {count} partners")
                check_store(self.xmppfed, store)
                pathlib.Path(store).unlink()
        return {**summary(times, min), "peak_mib": round(max(peaks))}

    def again(self):
        """A second apply of the same lines, which changes nothing, beside the first."""
        lines = self.lines(FEWER, shuffled=False)
        times = []
        for _ in range(self.options.rounds):
            store = self.empty_store("again")
            first, _ = measured(self.apply_command(lines, store))
            second, _ = measured(self.apply_command(lines, store))
            times.append(([second], [first]))
            pathlib.Path(store).unlink()
        return summary(times, min)

    def export(self):
        return self.read_book("export", "print")

    def list(self):
        return self.read_book("partner list -o jsonl", "print")

    def validate(self):
        return self.read_book("partner validate", "read")

    def check(self):
        return self.read_book("store check", "read-history")

    def read_book(self, command, mode):
        store = self.book()
        ours = [self.xmppfed, *command.split(), "--store", store]
        theirs = [compiled(self.options, "rows_floor", self.directory), store, mode]
        times, peaks = [], []
        for _ in range(3):
            seconds, peak = measured(ours)
            floor, _ = measured(theirs)
            times.append(([seconds], [floor]))
            peaks.append(peak)
        return {**summary(times, min), "peak_mib": round(max(peaks))}

    def memory(self):
        """The most memory that each command takes for the book, in MiB."""
        store, lines = self.book(), self.lines(MANY, shuffled=True)
        peaks = {}
        for name, command in MEMORY_COMMANDS.items():
            words = command.format(lines=lines).split()
            peaks[name] = round(measured([self.xmppfed, *words, "--store", store])[1])
        return peaks

    def apply_command(self, lines, store):
        return [self.xmppfed, "apply", "--quiet", "--file", str(lines), "--store", store]

    def empty_store(self, name):
        store = str(self.directory / f"{name}.db")
        run([self.xmppfed, "store", "init", "--store", store])
        return store

    def lines(self, count, shuffled):
        return manifest_lines(self.directory, count, shuffled)

    def book(self):
        store = str(self.directory / "book.db")
        if not pathlib.Path(store).exists():
            measured(self.apply_command(self.lines(MANY, shuffled=True), self.empty_store("book")))
        return store
