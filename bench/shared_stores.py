"""The pairs on a store in a database: a server of their own, durable, reached over its socket by both sides."""

import contextlib
import shlex
import statistics
import sys

import floor_sql
import shared_floor_sql
from measure import FEWER, MANY, SOURCE_DIR, alternated, is_in_memory, manifest_lines, measured, run, scanned, stop, summary

sys.path.insert(0, str(SOURCE_DIR / "tests" / "support"))
import postgres  # noqa: E402


class SharedStores:
    """The pairs, and the server that they need while one of them runs."""

    def __init__(self, options, directory):
        self.options = options
        self.directory = directory
        self.xmppfed = str(options.xmppfed)

    def pg_show(self):
        with self.server() as server:
            store = self.filled(server, "book")
            domain = f"im.{floor_sql.partner_name(self.options.partners // 2)}"
            ours = [self.xmppfed, "partner", "show", domain, "--store", store]
            theirs = self.psql(store, "show", shared_floor_sql.FIND.format(domain=domain))
            for command, expected in ((ours, "Additional domains"), (theirs, f"chat.{domain[3:]}")):
                if expected not in run(command):
                    stop(f"{shlex.join(command)} did not find the partner")
            return alternated(self.options, self.directory, ours, theirs)

    def pg_new(self):
        """Each run adds a partner of its own, the same one on both sides."""
        with self.server() as server:
            ours, theirs = (self.filled(server, side) for side in ("ours", "theirs"))
            count = self.options.rounds * self.options.runs
            for i in range(1, count + 1):
                command = self.psql(theirs, i, shared_floor_sql.commit(floor_sql.new_name(i)))
            name = floor_sql.new_name("{i}")
            new = [self.xmppfed, "partner", "new", "--quiet", "--primary", name, "--additional", f"chat.{name},im.{name}"]
            psql = [*command[:-1], str(self.directory / "{i}.sql")]
            rounds = [
                scanned(self.directory, [[*new, "--store", ours], psql], first, first + self.options.runs - 1)
                for first in range(1, count + 1, self.options.runs)
            ]
            for store in (ours, theirs):
                self.expect(server, store, self.options.partners + count)
        return summary(rounds, statistics.median)

    def pg_apply(self):
        return self.apply_lines(FEWER, self.options.rounds)

    def pg_apply1m(self):
        return self.apply_lines(MANY, 1)

    def apply_lines(self, count, rounds):
        """Each run begins with an empty store."""
        lines = manifest_lines(self.directory, count, shuffled=True)
        times, peaks = [], []
        with self.server() as server:
            for _ in range(rounds):
                ours, theirs = (self.empty(server, side) for side in ("ours", "theirs"))
                seconds, peak = measured([self.xmppfed, "apply", "--quiet", "--file", str(lines), "--store", ours])
                floor, _ = measured(self.psql(theirs, "apply", shared_floor_sql.apply(lines)))
                times.append(([seconds], [floor]))
                peaks.append(peak)
                for store in (ours, theirs):
                    self.expect(server, store, count)
                for side in ("ours", "theirs"):
                    server.sql(f"DROP DATABASE {side}")
        return {**summary(times, min), "peak_mib": round(max(peaks))}

    @contextlib.contextmanager
    def server(self):
        with postgres.Server(durable=True) as server:
            if is_in_memory(server.directory):
                stop(f"{server.directory} is in memory, where a commit costs nothing")
            yield server

    def empty(self, server, name):
        """The address of a new store."""
        store = server.address(database=server.create_database(name))
        run([self.xmppfed, "store", "init", "--store", store])
        return store

    def filled(self, server, name):
        """One of as many partners as single commands want."""
        store = self.empty(server, name)
        lines = manifest_lines(self.directory, self.options.partners, shuffled=False)
        run([self.xmppfed, "apply", "--quiet", "--file", str(lines), "--store", store])
        server.sql("VACUUM ANALYZE", database=name)
        return store

    def psql(self, store, name, script):
        """The command that runs the script, which is the last word."""
        file = self.directory / f"{name}.sql"
        file.write_text(script, encoding="utf-8")
        return ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--dbname", store, "--file", str(file)]

    def expect(self, server, store, count):
        """Both sides made the same number of rows, and ours a store that is sound."""
        database = store.split("?")[0].rsplit("/", 1)[-1]
        tables = ("partner", "history", "claim")
        counts = server.sql("".join(f"SELECT count(*) FROM xmppfed.{table};\n" for table in tables), database=database)
        if counts.split() != [str(count), str(count), str(3 * count)]:
            stop(f"{store} does not hold {count} partners")
        run([self.xmppfed, "store", "check", "--store", store])
