"""The pairs of one command each: what a script runs thousands of times."""

import json
import os
import pathlib
import shlex
import shutil
import statistics

import floor_sql
from measure import alternated, check_store, compiled, run, scanned, stop, summary


class SingleCommands:
    """The pairs, and the stores that they need, in a directory of their own."""

    def __init__(self, options, directory):
        self.options = options
        self.directory = directory
        self.xmppfed = str(options.xmppfed)

    def explain(self):
        return alternated(self.options, self.directory, [self.xmppfed, *floor_sql.EXPLAIN], ["sqlite3", ":memory:", "select 1"])

    def show(self):
        store = self.copy_of_store("show.db")
        domain = f"im.{floor_sql.partner_name(self.options.partners // 2)}"
        ours = [self.xmppfed, "partner", "show", domain, "--store", store]
        theirs = ["sqlite3", store, " ".join(floor_sql.FIND.format(domain=domain).split())]
        for command, expected in ((ours, "Additional domains"), (theirs, f"chat.{domain[3:]}")):
            if expected not in run(command):
                stop(f"{shlex.join(command)} did not find the partner")
        return alternated(self.options, self.directory, ours, theirs)

    def complete(self):
        """The most domains that are offered: a prefix of more of them costs no more."""
        store = self.copy_of_store("complete.db")
        prefix = "partner-0"
        ours = [self.xmppfed, "__complete", "--store", store, "partner", "show", prefix]
        theirs = ["sqlite3", store, floor_sql.RANGE.format(prefix=prefix)]
        offered = [line.split("\t")[0] for line in run(ours).splitlines()]
        found = [line.split("|")[0] for line in run(theirs).splitlines()]
        if not found or offered[: len(found)] != found:
            stop(f"{shlex.join(ours)} does not offer what the query finds")
        return alternated(self.options, self.directory, ours, theirs)

    def new(self):
        """Each run adds a partner of its own, the same one on both sides."""
        ours = self.copy_of_store("ours.db")
        theirs = self.copy_of_store("theirs.db")
        rounds = []
        number = 0
        for _ in range(self.options.rounds):
            first, number = number + 1, number + self.options.runs
            for i in range(first, number + 1):
                script = floor_sql.transaction([floor_sql.new_name(i)])
                (self.directory / f"{i}.sql").write_text(script, encoding="utf-8")
            name = floor_sql.new_name("{i}")
            new = [self.xmppfed, "partner", "new", "--primary", name, "--additional", f"chat.{name},im.{name}"]
            commands = [[*new, "--type", "federated", "--store", ours], ["sqlite3", "-bail", theirs, ".read {i}.sql"]]
            rounds.append(scanned(self.directory, commands, first, number))
        expected = self.options.partners + number
        for store in (ours, theirs):
            if run(["sqlite3", store, "SELECT count(*) FROM partner"]).strip() != str(expected):
                stop(f"{store} does not hold {expected} partners")
            check_store(self.xmppfed, store)
        return summary(rounds, statistics.median)

    def cert(self):
        return self.request("cert", 10, self.options.runs, statistics.median)

    def cert10k(self):
        return self.request("cert10k", 10_000, max(self.options.runs // 5, 1), min)

    def request(self, name, count, runs, typical):
        """Each run makes a CSR file of its own."""
        files = {file: str(self.directory / f"{name}.{file}") for file in ("names", "config", "column", "key")}
        edge_names = floor_sql.EDGE_NAMES
        self.write_request_files(files, [f"host-{i:05}.contoso.com" for i in range(count - len(edge_names))])
        floor = compiled(self.options, "cert_floor", self.directory)
        ours, theirs = self.copies_of_edge(name)
        commands = [
            [self.xmppfed, "cert", "request", "--quiet", "--key", files["key"], "--san-file", files["names"]]
            + ["--out", f"{self.directory}/{name}.ours.{{i}}.csr", "--store", ours],
            [floor, theirs, files["key"], files["config"], f"{self.directory}/{name}.theirs.{{i}}.csr"]
            + [files["column"], floor_sql.CREATED_AT],
        ]
        requests = self.options.rounds * runs
        rounds = [scanned(self.directory, commands, first, first + runs - 1) for first in range(1, requests + 1, runs)]
        self.compare_requests(name, ours, theirs, requests)
        for path in self.directory.glob(f"{name}.*"):
            path.unlink()
        return summary(rounds, typical)

    def write_request_files(self, files, additional):
        names = [*floor_sql.EDGE_NAMES, *((each, "additional") for each in additional)]
        column = [{"type": "dns", "value": each, "source": source} for each, source in names]
        texts = {
            "names": "".join(f"{each}\n" for each in additional),
            "config": floor_sql.REQUEST_CONFIG.format(names=",".join(f"DNS:{each}" for each, _ in names)),
            "column": json.dumps(column, separators=(",", ":")),
        }
        for file, text in texts.items():
            pathlib.Path(files[file]).write_text(text, encoding="utf-8")
        run(["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", files["key"]])

    def copies_of_edge(self, name):
        ours, theirs = (str(self.directory / f"{name}.{side}.db") for side in ("ours", "theirs"))
        run([self.xmppfed, "edge", "set", "--quiet", *floor_sql.EDGE, "--store", ours])
        shutil.copyfile(ours, theirs)
        os.sync()
        return ours, theirs

    def compare_requests(self, name, ours, theirs, count):
        """Both sides must have recorded the same, and their CSRs must say the same."""
        recorded = [run(["sqlite3", store, floor_sql.REQUESTS]).replace(".ours.", ".theirs.") for store in (ours, theirs)]
        if recorded[0] != recorded[1] or f"\n{count}|pending|" not in f"\n{recorded[0]}":
            stop(f"{ours} and {theirs} do not hold the same {count} requests")
        csrs = [str(self.directory / f"{name}.{side}.{count}.csr") for side in ("ours", "theirs")]
        texts = [run(["openssl", "req", "-in", csr, "-verify", "-noout", "-text"]) for csr in csrs]
        if texts[0].split("Signature Alg")[0] != texts[1].split("Signature Alg")[0]:
            stop(f"{csrs[0]} and {csrs[1]} do not ask for the same")
        for store in (ours, theirs):
            check_store(self.xmppfed, store)

    def copy_of_store(self, name):
        """A store of many partners; each was committed on its own, as its history tells."""
        store = self.directory / "store.db"
        if not store.exists():
            run([self.xmppfed, "store", "init", "--store", str(store)])
            names = [floor_sql.partner_name(i) for i in range(1, self.options.partners + 1)]
            run(["sqlite3", "-bail", str(store)], text=floor_sql.transaction(names))
            check_store(self.xmppfed, str(store))
        shutil.copyfile(store, self.directory / name)
        os.sync()  # or the first commits would have to write the copy out
        return str(self.directory / name)
