"""Rows of the bad-inputs test: what is wrong with the environment of the process."""

import calendar
import os
import time

import process
from bad_inputs import row
from process import CONFLICT, DONE, FAILED, NOT_FOUND, REFUSED, USAGE

COMMIT = ["partner", "new", "--primary", "new.example", "--type", "federated"]


def useless_home(*homes):
    """No place for a store: a relative or empty variable is ignored."""

    def case(bench, name):
        folder = bench.scratch.folder()
        for home in homes:
            for others in ({}, {"XDG_DATA_HOME": "data", "XMPPFED_STORE": "store.db"},
                           {"XDG_DATA_HOME": "", "XMPPFED_STORE": ""}):
                env = process.environment() | {"HOME": home or ""} | others
                if home is None:
                    del env["HOME"]
                for words in (["partner", "list"], COMMIT, ["store", "info"]):
                    result = process.run(*words, env=env, cwd=folder)
                    bench.check_error(f"{name} ({others})", result, USAGE, ["HOME"])
                    bench.check("--store" in result.err.decode(), f"{name}: the hint names --store: {result}")
                for words in (["--help"], ["partner", "explain", "--preset", "strict"]):
                    result = process.run(*words, env=env, cwd=folder)
                    bench.check(result.code == DONE, f"{name}: what needs no store works: {result}")
                bench.check(not os.listdir(folder), f"{name}: nothing was made in the current directory")
                store = bench.store()
                result = process.run(*COMMIT, env=env, cwd=folder, store=store)
                bench.check(result.code == DONE, f"{name}: a store that is named works: {result}")

    return case


def odd_time_zones(bench, name):
    for zone in ("Mars/Phobos", ":/nonexistent", "XXX99:99:99", "UTC+25", "", "\udcff\udcfe", "A" * 5000, "../../etc/passwd"):
        store = bench.store()
        begin = int(time.time())
        result = process.run(*COMMIT, env=process.environment(TZ=zone), store=store)
        end = time.time()
        label = f"{name} ({zone[:20]!a})"
        bench.sound(label, result)
        bench.check(result.code == DONE, f"{label}: is committed: {result}")
        created = bench.partner(store, "new.example")["created_at"]
        seconds = calendar.timegm(time.strptime(created, "%Y-%m-%dT%H:%M:%SZ"))
        bench.check(begin <= seconds <= end, f"{label}: the time is UTC all the same: {created}")


def plain_locale(bench, name):
    """Arguments and output are UTF-8 whatever the locale; numbers and case are as documented."""
    outputs = set()
    for locale in ("C", "POSIX", "xx_YY.ISO-8859-1", "tr_TR.UTF-8", ""):
        env = process.environment(LC_ALL=locale, LANG=locale, LANGUAGE=locale)
        store = bench.store()
        words = ["partner", "new", "--primary", "B\u00dcCHER.EXAMPLE", "--type", "FEDERATED", "--description", "\u00fcber \u4e16\u754c"]
        result = process.run(*words, "--connection-limit", "1000000", env=env, store=store)
        label = f"{name} ({locale!r})"
        bench.sound(label, result)
        bench.check(result.code == DONE, f"{label}: is committed: {result}")
        found = bench.partner(store, "xn--bcher-kva.example")
        bench.check(found and found["description"] == "\u00fcber \u4e16\u754c", f"{label}: the text is what was typed: {found}")
        listed = process.run("partner", "list", env=env, store=store)
        bench.check("\u00fcber \u4e16\u754c".encode() in listed.out, f"{label}: the text is shown: {listed}")
        refused = process.run("partner", "new", "--primary", "\u00fc_.example", env=env, store=store)
        bench.check_error(label, refused, REFUSED, ["primary domain", "\u00fc_"])
        outputs.add(listed.out)
    bench.check(len(outputs) == 1, f"{name}: the locale makes no difference: {outputs}")


def closed_descriptors(bench, name):
    close = process.close_descriptors
    for closed in ((0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2)):
        label = f"{name} {closed}"
        wants = FAILED if 1 in closed else DONE
        store = bench.store()
        result = process.run(*COMMIT, store=store, preexec_fn=close(*closed))
        bench.sound(label, result)
        bench.check(result.code == wants, f"{label}: `new` exits {wants}: {result}")
        if 1 in closed and 2 not in closed:
            text = result.err.decode()
            bench.check("committed" in text and "standard output" in text, f"{label}: tells of the commit: {result}")
        bench.check("new.example" in bench.primaries(store), f"{label}: the commit happened")
        check = process.run("store", "check", store=store)
        bench.check(check.code == DONE, f"{label}: no output is in the store: {check}")
        for words, code in ((["partner", "list"], wants), (["store", "check"], wants), (["--version"], wants),
                            (["--help"], wants), (["partner", "show", "nobody.example"], NOT_FOUND),
                            (["partner", "remove", "fabrikam.com"], USAGE)):
            before = process.raw(store)
            result = process.run(*words, store=store, preexec_fn=close(*closed))
            bench.sound(label, result)
            bench.check(result.code == code, f"{label}: `{' '.join(words)}` exits {code}: {result}")
            bench.unchanged(label, store, before)
            if code == FAILED and 2 not in closed:
                bench.check("standard output" in result.err.decode(), f"{label}: says why: {result}")
                bench.check("committed" not in result.err.decode(), f"{label}: nothing was committed: {result}")
        copy = store.parent / "copy.db"
        result = process.run("store", "backup", copy, store=store, preexec_fn=close(*closed))
        bench.check(result.code == wants, f"{label}: `store backup` exits {wants}: {result}")
        bench.check(process.content(copy) == process.content(store), f"{label}: the backup is whole")


def full_device(bench, name):
    for words in (["partner", "list"], ["partner", "list", "-o", "json"], ["partner", "show", "fabrikam.com"],
                  ["partner", "validate"], ["history"], ["store", "info"], ["store", "check"], ["--help"], ["--version"],
                  ["partner", "new", "--help"], ["partner", "explain", "--preset", "strict"], ["help"]):
        store = bench.store()
        before = process.raw(store)
        with open("/dev/full", "wb") as full:
            result = process.run(*words, store=store, stdout=full)
        bench.check(result.code == FAILED, f"{name}: `{' '.join(words)}` exits {FAILED}: {result}")
        text = result.err.decode()
        bench.check("xmppfed: error: " in text and "standard output" in text, f"{name}: says why: {result}")
        bench.check("committed" not in text, f"{name}: nothing was committed: {result}")
        bench.unchanged(name, store, before)
    for words in (COMMIT, [*COMMIT, "-o", "json"], ["partner", "edit", "fabrikam.com", "--description", "changed"],
                  ["partner", "remove", "fabrikam.com", "--yes"]):
        store = bench.store()
        with open("/dev/full", "wb") as full:
            result = process.run(*words, store=store, stdout=full)
        bench.check(result.code == FAILED, f"{name}: `{' '.join(words)}` exits {FAILED}: {result}")
        text = result.err.decode()
        bench.check("committed" in text and "standard output" in text, f"{name}: tells of the commit: {result}")
        bench.check(process.content(store) != bench.content, f"{name}: the commit happened")
        result = process.run(*words, "--dry-run", store=bench.store(), stdout=open("/dev/full", "wb"))
        bench.check(result.code == FAILED and "committed, but" not in result.err.decode(),
                    f"{name}: a dry run has committed nothing: {result}")
    store = bench.store()
    with open("/dev/full", "wb") as full:
        result = process.run(*COMMIT, store=store, stderr=full)
    bench.check(result.code == DONE, f"{name}: notes that cannot be shown are no failure: {result}")
    with open("/dev/full", "wb") as full:
        result = process.run(*COMMIT, store=store, stderr=full)
    bench.check(result.code == CONFLICT, f"{name}: nor do they change a refusal: {result}")


def closed_pipes(bench, name):
    def run_into_closed_pipe(*words, store, stream="stdout", read=0):
        """The reader takes `read` octets and goes. A pipe holds less than what is printed then."""
        reading, writing = os.pipe()
        if read:
            pid = os.fork()
            if pid == 0:
                os.close(writing)
                os.read(reading, read)
                os._exit(0)
            os.close(reading)
        else:
            os.close(reading)
        result = process.run(*words, store=store, **{stream: writing})
        os.close(writing)
        if read:
            os.waitpid(pid, 0)
        return result

    for words in (["partner", "list"], ["partner", "list", "-o", "json"], ["history"], ["store", "check"], ["--help"]):
        store = bench.store()
        result = run_into_closed_pipe(*words, store=store)
        bench.check((result.code, result.err) == (FAILED, b""), f"{name}: `{' '.join(words)}` ends quietly with 1: {result}")
    for words in (COMMIT, [*COMMIT, "-o", "json"], ["partner", "edit", "fabrikam.com", "--description", "changed"],
                  ["partner", "remove", "fabrikam.com", "--yes"]):
        store = bench.store()
        result = run_into_closed_pipe(*words, store=store)
        bench.check((result.code, result.err) == (DONE, b""), f"{name}: `{' '.join(words)}` ends quietly with 0: {result}")
        bench.check(process.content(store) != bench.content, f"{name}: the commit happened")
        result = run_into_closed_pipe(*words, "--dry-run", "--quiet", "-o", "json", store=bench.store())
        bench.check(result.code == FAILED, f"{name}: a dry run that nobody reads has done nothing: {result}")
    result = run_into_closed_pipe(*COMMIT, store=bench.store(), stream="stderr")
    bench.check(result.code == DONE, f"{name}: notes that nobody reads are no failure: {result}")
    # More than a pipe holds, and a reader that leaves in the middle.
    store = bench.store()
    for number in range(5):
        domain = f"large{number}.example"
        additional = ",".join(f"a-rather-long-name-{i}.{domain}" for i in range(1000))
        result = process.run("partner", "new", "--primary", domain, "--additional", additional, store=store)
        bench.check(result.code == DONE, f"{name}: prepared: {result}")
    for format in ("table", "json", "jsonl", "csv"):
        result = run_into_closed_pipe("partner", "list", "-o", format, store=store, read=1)
        bench.check((result.code, result.err) == (FAILED, b""), f"{name}: in the middle of {format}: {result}")


def no_program_name(bench, name):
    """Newer kernels put an empty name there; older ones leave argv empty."""
    env = process.environment()
    reference = process.run(env=env)
    result = process.run(env=env, preexec_fn=process.without_arguments(env))
    bench.sound(name, result)
    bench.check((result.code, result.out, result.err) == (DONE, reference.out, b""), f"{name}: prints the help: {result}")


def file_size_limit(bench, name):
    """Every limit that bash can set, in blocks of 1,024 octets, until the command is not hindered."""
    block = 8192 if process.SPARSE else 1024
    commands = {
        "new": COMMIT,
        "edit": ["partner", "edit", "fabrikam.com", "--description", "changed", "--add-domain", "hr.fabrikam.com"],
        "rename": ["partner", "edit", "fabrikam.com", "--primary", "fabrikam.example"],
        "remove": ["partner", "remove", "fabrikam.com", "litwareinc.com", "--yes"],
        "new on a missing store": COMMIT,
        "init": ["store", "init"],
        "backup": ["store", "backup"],
    }
    times = ("at", "created_at", "updated_at", "before", "after", "checksum")
    for command, words in commands.items():
        missing = command in ("new on a missing store", "init")

        def start():
            folder = bench.scratch.folder()
            return folder / "deep" / "store.db" if missing else process.copy_store(bench.prepared, folder / "store.db")

        def target(store):
            return [store.parent / "copy.db"] if command == "backup" else []

        reference = start()
        result = process.run(*words, *target(reference), store=reference)
        bench.check(result.code == DONE, f"{name}: {command} is not hindered: {result}")
        new = process.content(reference, times)
        old = None if missing else process.content(bench.prepared, times)
        blocks = failures = 0
        code = FAILED
        while code != DONE and blocks < 200:
            label = f"{name}: {command} with {blocks} blocks"
            store = start()
            result = process.run(*words, *target(store), store=store, preexec_fn=process.limit_file_size(blocks * block))
            code = result.code
            bench.sound(label, result)
            if code == DONE:
                bench.check(process.content(store, times) == new, f"{label}: 0 is the new state")
            else:
                failures += 1
                bench.check(code == FAILED, f"{label}: exits {FAILED}: {result}")
                bench.check(b"xmppfed: error: " in result.err, f"{label}: says why: {result}")
                state = process.content(store, times)
                bench.check(state in (old, new), f"{label}: the state is the old or the new one")
                if command == "backup":
                    bench.check(sorted(os.listdir(store.parent)) == ["store.db"], f"{label}: leaves no file behind")
            check = process.run("store", "check", store=store)
            fine = (DONE, NOT_FOUND) if missing and code != DONE else (DONE,)
            bench.check(check.code in fine, f"{label}: the store is sound: {check}")
            if code != DONE:
                again = process.run(*words, *target(store), store=store)
                bench.check(again.code == DONE, f"{label}: the same command succeeds afterwards: {again}")
                bench.check(process.content(store, times) == new, f"{label}: and the state is the new one")
            blocks += 1
        bench.check(failures > 0 and code == DONE, f"{name}: {command} fails {failures} times, then it succeeds")
        print(f"file size limit: {command} is hindered by {failures} block counts")


ROWS = [
    row("Environment", "HOME unset", useless_home(None, "")),
    row("Environment", "HOME relative", useless_home("home", "./home", "~")),
    row("Environment", "TZ set oddly", odd_time_zones),
    row("Environment", "`LC_ALL=C`", plain_locale),
    row("Environment", "stdout, stderr or stdin closed", closed_descriptors),
    row("Environment", "`/dev/full` as stdout", full_device),
    row("Environment", "a pipe closed early", closed_pipes),
    row("Environment", "no argv[0]", no_program_name),
    row("Environment", "file size limit (`ulimit -f`) at every block count that matters", file_size_limit),
]
