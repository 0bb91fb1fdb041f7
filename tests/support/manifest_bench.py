"""What the tests of manifests share: stores of their own, manifests in files, and looks at both."""

import json
import sys
import time

import manifests
import process
from process import DONE

CHANGES = 10  # exit code of `plan --detailed-exitcode`


class ManifestBench:
    def __init__(self, tally, scratch):
        self.tally, self.scratch, self.check = tally, scratch, tally.check

    def missing(self):
        """The path of a store that is not there, in a directory that is not there either."""
        return self.scratch.folder() / "missing" / "store.db"

    def manifest(self, content, name="partners.json"):
        return manifests.written(self.scratch.folder(), content, name)

    def store_with(self, *partners, **keys):
        store = self.missing()
        self.apply(manifests.document(*partners, **keys), store)
        return store

    def apply(self, content, store, *options, code=DONE):
        """Applies a manifest that is a value or a text; what came of it."""
        result = process.run("apply", "--file", self.manifest(content), *options, store=store)
        self.check(not result.crashed and result.code == code, f"apply exits {code}: {result}")
        return result

    def applied(self, content, store, *options):
        """The document that `apply` prints."""
        return self.json(self.apply(content, store, "-o", "json", *options))

    def planned(self, content, store, *options, code=DONE):
        result = process.run("plan", "--file", self.manifest(content), "-o", "json", *options, store=store)
        self.check(result.code == code, f"plan exits {code}: {result}")
        return self.json(result)

    def json(self, result):
        try:
            return json.loads(result.out)
        except ValueError as problem:
            self.check(False, f"prints a document ({problem}): {result}")
            return {}

    def export(self, store, *options):
        result = process.run("export", *options, store=store)
        self.check(result.code == DONE, f"export exits 0: {result}")
        return result.out

    def partners(self, store):
        listing = process.run("partner", "list", "-o", "jsonl", store=store)
        return {each["primary_domain"]: each for each in map(json.loads, listing.out.splitlines())}

    def history(self, store):
        """All entries, newest first."""
        result = process.run("history", "--limit", "100000", "-o", "jsonl", store=store)
        return [json.loads(line) for line in result.out.splitlines()]

    def revision(self, store):
        return self.json(process.run("store", "info", "-o", "json", store=store))["store_revision"]

    def refused(self, content, store, code, *says, options=()):
        """Exits with the code and says all of it; the store is as it was, and none appears where none was."""
        before = process.raw(store)
        result = self.apply(content, store, *options, code=code)
        text = result.err.decode()
        self.check(all(word in text for word in says), f"says {says}: {result}")
        self.check(process.raw(store) == before, f"the store is as it was: {result}")
        missing = self.missing()
        process.run("apply", "--file", self.manifest(content), *options, store=missing)
        if "--if-store-revision" not in options and code == process.REFUSED:
            self.check(not missing.parent.exists(), f"no store is left behind: {result}")
        return result


def summary(document):
    """(create, update, remove, unchanged) of a plan or an apply."""
    return tuple(document.get("summary", {}).get(key) for key in ("create", "update", "remove", "unchanged"))


def findings(document):
    """(rule, line, column) of the errors in a document."""
    return [(each["rule"], each["line"], each["column"]) for each in document.get("diagnostics", ()) if each["severity"] == "error"]


def run_tests(test_class):
    """Every method `test_…` of the class, or those named on the command line; the exit code."""
    tally = process.Tally()
    with process.Scratch() as scratch:
        test = test_class(tally, scratch)
        for name in sys.argv[1:] or [name for name in dir(test) if name.startswith("test_")]:
            begin = time.monotonic()
            getattr(test, name)()
            print(f"{name}: {time.monotonic() - begin:.1f} s")
    return tally.finish()
