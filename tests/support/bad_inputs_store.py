"""Rows of the bad-inputs test: what is wrong with the store's file."""

import json
import os
import sqlite3

import process
from bad_inputs import row
from process import BUSY, CONFLICT, DONE, FAILED, NOT_FOUND, REFUSED

READERS = (
    ["partner", "list"],
    ["partner", "list", "-o", "jsonl"],
    ["partner", "list", "--match", "*corp*", "-o", "csv"],
    ["partner", "show", "fabrikam.com"],
    ["partner", "show", "it.fabrikam.com", "-o", "json"],
    ["partner", "validate"],
    ["history"],
    ["history", "-o", "json"],
    ["store", "info"],
    ["store", "check"],
)
WRITERS = (
    ["partner", "new", "--primary", "new.example"],
    ["partner", "edit", "fabrikam.com", "--description", "changed"],
    ["partner", "remove", "fabrikam.com", "--yes"],
)
THREE = (READERS[0], READERS[-1], WRITERS[0])
FLIPS = 40 if process.SPARSE else 400
CUT = 4096 if process.SPARSE else 512  # octets between two truncations


def every_command_fails(bench, name, store, says, commands=READERS + WRITERS, code=FAILED):
    """Whoever reads or writes gets the same error, and the file stays as it is."""
    before = process.raw(store)
    for words in (*commands, ["store", "backup", store.parent / "copy.db"]):
        label = f"{name}: `{' '.join(map(str, words[:2]))}`"
        wants_json = "-o" in words
        result = process.run(*words, store=store)
        if wants_json:
            bench.sound(label, result)
            bench.check(result.code == code, f"{label} exits {code}: {result}")
        else:
            bench.check_error(label, result, code, says)
        bench.unchanged(label, store, before)
    bench.check(not (store.parent / "copy.db").exists(), f"{name}: no backup was made")
    bench.check(sorted(os.listdir(store.parent)) == [store.name], f"{name}: no file is left beside it")


def empty_file(bench, name):
    store = bench.scratch.folder() / "store.db"
    store.touch(mode=0o600)
    for words, code in ((["partner", "list"], DONE), (["history"], DONE), (["store", "info"], DONE),
                        (["partner", "validate"], DONE), (["partner", "show", "fabrikam.com"], NOT_FOUND),
                        (["store", "check"], NOT_FOUND), (["store", "backup", store.parent / "copy.db"], NOT_FOUND)):
        result = process.run(*words, store=store)
        bench.sound(name, result)
        bench.check(result.code == code, f"{name}: `{' '.join(map(str, words[:2]))}` exits {code}: {result}")
        bench.check(process.raw(store) == (b"", None), f"{name}: a reader leaves it empty")
    bench.new_store_works(name, store)


def text_file(bench, name):
    for text in (b"x", b"partners: fabrikam.com\n", b"<html>\n" * 1000, b"SQLite format 3\0 it is not\n" * 200, b"\0" * 8192):
        store = bench.scratch.folder() / "store.db"
        store.write_bytes(text)
        store.chmod(0o600)
        every_command_fails(bench, f"{name} ({process.shown(text, 30)})", store, ["no store", "store.db"])


def foreign_database(bench, name):
    for statements in (["CREATE TABLE mail (id INTEGER)"],
                       ["CREATE TABLE mail (id INTEGER)", "PRAGMA application_id = 252006674"],
                       ["PRAGMA application_id = 252006674"],
                       ["CREATE TABLE partner (primary_domain TEXT)", "PRAGMA user_version = 1"]):
        store = bench.scratch.folder() / "store.db"
        process.edit_database(store, *statements)
        store.chmod(0o600)
        every_command_fails(bench, name, store, ["another application", "store.db"])
    store = bench.store()
    process.edit_database(store, "PRAGMA application_id = 0")
    every_command_fails(bench, f"{name} (application_id taken away)", store, ["another application", "store.db"])


def newer_schema(bench, name):
    version = json.loads(process.run("store", "info", "-o", "json", store=bench.prepared).out)["schema_version"]
    for newer in (version + 1, 2_000_000_000):
        store = bench.store()
        process.edit_database(store, f"PRAGMA user_version = {newer}")
        every_command_fails(bench, name, store, ["schema version", str(newer), "store.db"])


def hot_journal_store(bench, name):
    """A store with the journal of a change that was killed when all pages were written, just before its commit."""
    store = bench.store()
    tracing = process.Tracing()
    if not bench.check(not tracing.problem(), f"{name}: {tracing.problem()}"):
        return None
    words = ["partner", "edit", "fabrikam.com", "--description", "changed", "--store", store]
    killed = tracing.kill(words, "unlink", 1, bench.scratch.folder())
    bench.check(killed.code == -9, f"{name}: it was killed: {killed}")
    database, journal = process.raw(store)
    bench.check(journal and journal[:8] == bytes.fromhex("d9d505f920a163d7"), f"{name}: there is a hot journal")
    bench.check(database != bench.prepared.read_bytes(), f"{name}: pages were written")
    return store


def hot_journal(bench, name):
    made = hot_journal_store(bench, name)
    if made is None:
        return
    for words in READERS:
        store = process.copy_store(made, bench.scratch.folder() / "store.db")
        result = process.run(*words, store=store)
        bench.check(result.code == DONE, f"{name}: `{' '.join(words)}` recovers it: {result}")
        bench.check(process.content(store) == bench.content, f"{name}: the state is the old one")
        bench.check(process.raw(store)[1] is None, f"{name}: the journal is gone")
    bench.new_store_works(name, process.copy_store(made, bench.scratch.folder() / "store.db"))
    # Whoever may not recover it gets an error, not half a change.
    for file_mode, folder_mode in ((0o600, 0o555), (0o400, 0o755), (0o400, 0o555)):
        label = f"{name}, file {file_mode:o} in a directory {folder_mode:o} of another"
        folder = bench.scratch.folder()
        store = process.copy_store(made, folder / "store.db")
        process.give_to_nobody(store, process.journal_of(store))
        store.chmod(file_mode)
        folder.chmod(folder_mode)
        result = process.run_as_nobody("partner", "list", store=store)
        bench.check_error(label, result, FAILED, ["store.db"])
        bench.check(process.content(store) == bench.content, f"{label}: the state is the old one")
        folder.chmod(0o755)


def truncated(bench, name):
    """Whole pages are missed at once; what is missing of the last page only when it held something."""
    large = bench.store()
    for number in range(20):
        words = ["--primary", f"p{number}.example", "--description", f"{number} " * 300]
        result = process.run("partner", "new", *words, store=large)
        bench.check(result.code == DONE, f"{name}: prepared: {result}")
    for whole in (bench.prepared.read_bytes(), large.read_bytes()):
        page = int.from_bytes(whole[16:18], "big")
        sizes = {1, 16, 99, 100, 511, *range(CUT, min(len(whole), 8 * page), CUT)}
        sizes |= {*range(page, len(whole), page), *range(len(whole) - page, len(whole), CUT), len(whole) - 1}
        for size in sorted(sizes):
            truncated_at(bench, f"{name} at {size} of {len(whole)}", whole, size, in_last_page=size > len(whole) - page)


def truncated_at(bench, label, whole, size, in_last_page):
    page = int.from_bytes(whole[16:18], "big")
    store = bench.scratch.folder() / "store.db"
    store.write_bytes(whole)
    old = process.content(store)
    reference = process.run("partner", "list", "-o", "jsonl", store=store).out
    store.write_bytes(whole[:size])
    store.chmod(0o600)
    if in_last_page:
        check = process.run("store", "check", store=store)
        bench.sound(label, check)
        same = process.content(store) == old
        wanted = (DONE,) if same else (FAILED, REFUSED)
        bench.check(check.code in wanted, f"{label}: `store check` exits {wanted}: {check}")
        listed = process.run("partner", "list", "-o", "jsonl", store=store)
        bench.sound(label, listed)
        bench.check(listed.code == FAILED or listed.out == reference, f"{label}: no partner is lost silently: {listed}")
        bench.check(store.read_bytes() == whole[:size], f"{label}: readers change nothing")
        return
    every_command_fails(bench, label, store, ["store.db"], THREE if size % page or process.SPARSE else READERS + WRITERS)


def flipped_bits(bench, name):
    """A sample: the header, bytes that hold something, and anywhere."""
    whole = bench.prepared.read_bytes()
    chance = process.seeded()
    used = [place for place, byte in enumerate(whole) if byte]
    places = [chance.randrange(100) for _ in range(FLIPS // 4)]
    places += [chance.choice(used) for _ in range(FLIPS // 2)]
    places += [chance.randrange(len(whole)) for _ in range(FLIPS - len(places))]
    reference = process.run("partner", "list", "-o", "jsonl", store=bench.prepared).out
    readable = 0
    for number, place in enumerate(places):
        bit = chance.randrange(8)
        label = f"{name} (bit {bit} of byte {place})"
        store = bench.scratch.path / "flipped.db"
        damaged = bytearray(whole)
        damaged[place] ^= 1 << bit
        store.write_bytes(damaged)
        store.chmod(0o600)
        check = process.run("store", "check", store=store)
        bench.sound(label, check)
        bench.check(check.code in (DONE, FAILED, REFUSED), f"{label}: a documented exit code: {check}")
        listed = process.run("partner", "list", "-o", "jsonl", store=store)
        bench.sound(label, listed)
        bench.check(listed.code in (DONE, FAILED), f"{label}: a documented exit code: {listed}")
        if listed.code == DONE:
            readable += 1
            bench.check(listed.out == reference or check.code != DONE,
                        f"{label}: `store check` finds what `partner list` shows otherwise: {listed}")
        words = READERS[number % len(READERS)]
        result = process.run(*words, store=store)
        bench.sound(label, result)
        bench.check(result.code in (DONE, FAILED, REFUSED, NOT_FOUND), f"{label}: a documented exit code: {result}")
        bench.check(process.raw(store) == (bytes(damaged), None), f"{label}: readers change nothing")
        if number % 2 == 0:
            result = process.run(*WRITERS[number // 2 % len(WRITERS)], store=store)
            bench.sound(label, result)
            bench.check(result.code in (DONE, FAILED, REFUSED, NOT_FOUND, CONFLICT), f"{label}: a documented code: {result}")
            if result.code != DONE:
                bench.check(process.raw(store) == (bytes(damaged), None), f"{label}: a failure changes nothing: {result}")
        process.journal_of(store).unlink(missing_ok=True)
    bench.check(0 < readable < FLIPS, f"{name}: some damage is felt and some is not: {readable} of {FLIPS} can be listed")


def readable_not_writable(bench, name, store):
    before = process.raw(store)
    for words in READERS:
        result = process.run_as_nobody(*words, store=store)
        bench.sound(name, result)
        bench.check(result.code == DONE, f"{name}: `{' '.join(words)}` reads it: {result}")
    for words in WRITERS:
        result = process.run_as_nobody(*words, store=store)
        bench.check_error(f"{name}: `{' '.join(words[:2])}`", result, FAILED, ["store.db"])
        bench.check("permission" in result.err.decode(), f"{name}: the hint tells of permissions: {result}")
    bench.unchanged(name, store, before)


def read_only(bench, name):
    folder = bench.scratch.folder()
    store = process.copy_store(bench.prepared, folder / "store.db")
    process.give_to_nobody(folder, store)
    store.chmod(0o400)
    readable_not_writable(bench, name, store)


def read_only_directory(bench, name):
    folder = bench.scratch.folder()
    store = process.copy_store(bench.prepared, folder / "store.db")
    process.give_to_nobody(store)
    folder.chmod(0o555)
    readable_not_writable(bench, name, store)
    # No store can be made there either.
    missing = folder / "other.db"
    result = process.run_as_nobody("partner", "new", "--primary", "new.example", store=missing)
    bench.check_error(f"{name}, without a store", result, FAILED, ["other.db"])
    bench.check(not missing.exists(), f"{name}: no store is there")
    folder.chmod(0o755)


def locked(bench, name):
    for lock, readers_wait in (("EXCLUSIVE", True), ("IMMEDIATE", False)):
        store = bench.store()
        before = process.raw(store)
        holder = sqlite3.connect(store, isolation_level=None)
        holder.execute(f"BEGIN {lock}")
        for words in WRITERS:
            result = process.run(*words, "--wait", "0", store=store)
            bench.check_error(f"{name}, {lock}", result, BUSY, ["locked", "store.db"])
            bench.check("--wait" in result.err.decode(), f"{name}: the hint names the option: {result}")
            result = process.run(*words, "--wait", "0", "-o", "json", store=store)
            bench.check_json_error(f"{name}, {lock}", result, BUSY, None, None)
        for words in (["partner", "list"], ["store", "check"], ["store", "info"]):
            result = process.run(*words, "--wait", "0", store=store)
            if readers_wait:
                bench.check_error(f"{name}, {lock}", result, BUSY, ["locked", "store.db"])
            else:
                bench.check(result.code == DONE, f"{name}, {lock}: readers need not wait: {result}")
        holder.execute("ROLLBACK")
        holder.close()
        bench.unchanged(name, store, before)
        bench.new_store_works(name, store)


def symbolic_link(bench, name):
    store = bench.store()
    link = bench.scratch.folder() / "link.db"
    link.symlink_to(store)
    for words in READERS:
        result = process.run(*words, store=link)
        bench.check(result.code == DONE, f"{name}: `{' '.join(words)}` follows it: {result}")
    bench.new_store_works(name, link)
    bench.check(link.is_symlink(), f"{name}: it is still a link")
    bench.check("tailspin.example" in bench.primaries(store), f"{name}: the commit is in its target")
    bench.check(sorted(os.listdir(link.parent)) == ["link.db"], f"{name}: nothing else is beside the link")
    dangling = bench.scratch.folder() / "store.db"
    dangling.symlink_to(dangling.parent / "nowhere")
    result = process.run("partner", "new", "--primary", "new.example", store=dangling)
    bench.check_error(f"{name} that dangles", result, FAILED, ["store.db"])
    bench.check(os.listdir(dangling.parent) == ["store.db"], f"{name}: no file was made through it")


def trigger_or_view(bench, name):
    for statement in ("CREATE TRIGGER t AFTER INSERT ON partner BEGIN DELETE FROM history; END",
                      "CREATE TRIGGER t AFTER UPDATE ON store BEGIN UPDATE partner SET sasl = 'not-supported'; END",
                      "CREATE VIEW v AS SELECT * FROM partner"):
        store = bench.store()
        process.edit_database(store, statement)
        every_command_fails(bench, name, store, ["triggers or views", "store.db"])


ROWS = [
    row("Store file", "empty (accepted as new)", empty_file),
    row("Store file", "text", text_file),
    row("Store file", "another application's database", foreign_database),
    row("Store file", "a newer schema", newer_schema),
    row("Store file", "a hot journal (recovered)", hot_journal),
    row("Store file", "truncated", truncated),
    row("Store file", "any bit flipped", flipped_bits),
    row("Store file", "read-only", read_only),
    row("Store file", "in a read-only directory", read_only_directory),
    row("Store file", "locked", locked),
    row("Store file", "a symbolic link (followed for reading, as its owner made it)", symbolic_link),
    row("Store file", "an added trigger or view (refused)", trigger_or_view),
]
