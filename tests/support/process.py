"""What the process tests share: running the program from outside, stores of their own, and counting.

A test makes a Scratch, runs the program with `run`, compares stores with `content` and ends with `exit(finish())`.
Nothing depends on who runs it: the program gets an environment that holds only what the test gives it.
"""

import atexit
import ctypes
import dataclasses
import functools
import os
import pathlib
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile

SOURCE_DIR = pathlib.Path(os.environ.get("XMPPFED_SOURCE_DIR") or pathlib.Path(__file__).resolve().parents[2])
XMPPFED = os.environ.get("XMPPFED") or str(SOURCE_DIR / "build" / "dev" / "xmppfed")
SANITIZED = bool(os.environ.get("XMPPFED_SANITIZE"))

# Sanitizers make every run dear: where a test takes samples, it takes fewer.
SPARSE = SANITIZED

# The longer proofs whole: `scripts/check long` sets it.
LONG = bool(os.environ.get("XMPPFED_LONG"))

SKIPPED = 77  # exit code of a test that cannot run here

# The documented exit codes.
DONE, FAILED, USAGE, REFUSED, NOT_FOUND, CONFLICT, BUSY, UNKNOWN = range(8)
ERROR_CODES = {
    FAILED: "failed",
    USAGE: "usage",
    REFUSED: "refused",
    NOT_FOUND: "not-found",
    CONFLICT: "conflict",
    BUSY: "busy",
    UNKNOWN: "unknown",
}

_FORWARDED = ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "GCOV_PREFIX", "GCOV_PREFIX_STRIP")
_SANITIZER_MARKS = (b"AddressSanitizer", b"LeakSanitizer", b"runtime error:", b"terminate called")


# --- running ------------------------------------------------------------------------------------------


@dataclasses.dataclass
class Run:
    """What came of one run. `code` is negative when a signal ended it."""

    words: list
    code: int
    out: bytes
    err: bytes

    @property
    def crashed(self):
        return self.code < 0 or self.code > 10 or any(mark in self.err for mark in _SANITIZER_MARKS)

    def __str__(self):
        words = " ".join(shown(word, 80) for word in self.words)
        return f"`xmppfed {words}` exits {self.code}; stdout {shown(self.out)}; stderr {shown(self.err)}"


def shown(value, limit=600):
    """A value for a message: printable, and not too long."""
    if isinstance(value, os.PathLike):
        value = str(value)
    text = ascii(value)
    return text if len(text) <= limit else f"{text[:limit]}... ({len(text)} characters)"


MACHINE_SETTINGS = pathlib.Path("/etc/xmppfed/config.json")
if MACHINE_SETTINGS.exists():
    sys.exit(f"{MACHINE_SETTINGS} would decide what these tests see: move it away while they run")


def environment(home=None, **variables):
    """The whole environment of a run; a variable that is None is left out."""
    values = {name: os.environ[name] for name in _FORWARDED if name in os.environ}
    values.update(PATH="/usr/bin:/bin", LC_ALL="C.UTF-8", TZ="UTC", HOME=str(home) if home else "/nonexistent")
    values.update(variables)
    return {name: value for name, value in values.items() if value is not None}


def traced(values):
    """An environment for a run under strace, where LeakSanitizer cannot work and would fail the run."""
    options = [values.get("ASAN_OPTIONS", ""), "detect_leaks=0"]
    return {**values, "ASAN_OPTIONS": ":".join(filter(None, options))} if SANITIZED else values


def run(*words, store=None, env=None, command=(), stdin=subprocess.DEVNULL, timeout=120, **popen):
    """Runs the program to its end. Words are text, bytes or paths; `store` is given as the first option; `command` is
    what is run instead of the program alone."""
    words = [*(["--store", store] if store is not None else []), *words]
    env = env if env is not None else environment()
    child = subprocess.run(
        [*(command or [XMPPFED]), *words],
        env=traced(env) if [*command][:1] == ["strace"] else env,
        stdin=stdin,
        stdout=popen.pop("stdout", subprocess.PIPE),
        stderr=popen.pop("stderr", subprocess.PIPE),
        timeout=timeout,
        **popen,
    )
    return Run(words, child.returncode, child.stdout or b"", child.stderr or b"")


def is_root():
    return os.geteuid() == 0


@functools.cache
def _command_of_nobody():
    """The program as somebody whom permissions hold back: the user nobody when root runs the test."""
    if not is_root():
        return [XMPPFED]
    prefix = [shutil.which("setpriv") or "/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"]
    if subprocess.run([*prefix, "/usr/bin/test", "-x", XMPPFED]).returncode == 0:
        return [*prefix, XMPPFED]
    folder = tempfile.mkdtemp(prefix="xmppfed-program-")  # the build is in a directory that others may not enter
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.chmod(folder, 0o755)
    return [*prefix, shutil.copy(XMPPFED, folder)]


def run_as_nobody(*words, store=None, **options):
    return run(*words, store=store, command=_command_of_nobody(), **options)


def give_to_nobody(*paths):
    """Makes files belong to whom `run_as_nobody` runs as."""
    if is_root():
        for path in paths:
            os.chown(path, 65534, 65534)


# --- many at once -------------------------------------------------------------------------------------


class Starters:
    """Processes that are forked and wait; `release` lets all of them go on to their program at once.

    Each start is (words, delay): the delay is a number of empty turns before the program is started.
    """

    def __init__(self, starts, env=None):
        self.children = []
        env = env if env is not None else environment()
        gate_read, self._gate = os.pipe()
        for words, delay in starts:
            # Unnamed files, not pipes: nobody has to read while the processes run.
            out, err = (os.memfd_create("output") for _ in range(2))
            pid = os.fork()
            if pid == 0:
                try:
                    self._become(gate_read, words, delay, out, err, env)
                finally:
                    os._exit(127)
            self.children.append((pid, words, out, err))
        os.close(gate_read)

    def _become(self, gate_read, words, delay, out, err, env):
        os.close(self._gate)
        os.dup2(out, 1)
        os.dup2(err, 2)
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        arguments = [XMPPFED, *[os.fsencode(word) for word in words]]
        os.read(gate_read, 1)  # returns when the last writing end is closed
        for _ in range(delay):
            pass
        os.execve(XMPPFED, arguments, env)

    def release(self):
        os.close(self._gate)

    def results(self):
        runs = []
        for pid, words, out, err in self.children:
            _, status = os.waitpid(pid, 0)
            texts = []
            for descriptor in (out, err):
                texts.append(os.pread(descriptor, os.fstat(descriptor).st_size, 0))
                os.close(descriptor)
            runs.append(Run(list(words), os.waitstatus_to_exitcode(status), *texts))
        return runs


# --- places and stores --------------------------------------------------------------------------------


class Scratch:
    """A directory that is gone afterwards: in memory where that is possible, for syncing a disk takes its time."""

    def __init__(self):
        base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="xmppfed-test-", dir=base))
        self.path.chmod(0o711)  # for `run_as_nobody`
        self._number = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)

    def folder(self):
        """A new directory in it."""
        self._number += 1
        path = self.path / f"{self._number:05d}"
        path.mkdir()
        path.chmod(0o755)
        return path


def journal_of(store):
    return pathlib.Path(f"{store}-journal")


def copy_store(store, target):
    """Copies a store with the journal that a killed process may have left; what was at the target is gone."""
    for source, copy in ((pathlib.Path(store), pathlib.Path(target)), (journal_of(store), journal_of(target))):
        copy.unlink(missing_ok=True)
        if source.exists():
            shutil.copyfile(source, copy)
            os.chmod(copy, 0o600)
    return pathlib.Path(target)


def raw(store):
    """The bytes of the store and of its journal; None for a file that is not there."""
    return tuple(path.read_bytes() if path.exists() else None for path in (pathlib.Path(store), journal_of(store)))


def content(store, columns_left_out=()):
    """Every row of every table, as another SQLite sees them after recovery. None for a store that is missing or empty,
    the bytes for a file that is no database. Looks at a copy: it changes nothing."""
    store = pathlib.Path(store)
    if not store.exists():
        return None
    with tempfile.TemporaryDirectory(prefix="xmppfed-content-", dir=_memory()) as folder:
        copy = copy_store(store, pathlib.Path(folder) / "store.db")
        try:
            database = sqlite3.connect(copy)
            try:
                return _tables(database, columns_left_out) or None
            finally:
                database.close()
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            return raw(store)


def _memory():
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def _tables(database, columns_left_out):
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
    tables = {}
    for name in names:
        kept = [row[1] for row in database.execute(f'PRAGMA table_info("{name}")') if row[1] not in columns_left_out]
        select = ", ".join(f'"{column}"' for column in kept) or "count(*)"  # of all columns left out, the rows are left
        tables[name] = sorted(database.execute(f'SELECT {select} FROM "{name}"').fetchall(), key=repr)
    return tables


def edit_database(store, *statements):
    """Writes past the program, with the constraints in force unless a statement lifts them."""
    database = sqlite3.connect(store, isolation_level=None)
    try:
        for statement in statements:
            database.execute(*statement if isinstance(statement, tuple) else (statement,))
    finally:
        database.close()


def limit_file_size(octets):
    """For `preexec_fn`: the largest file that the process may write."""

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (octets, octets))

    return limit


def without_arguments(env):
    """For `preexec_fn`: becomes the program with an empty argv, not even its own name."""
    libc = ctypes.CDLL(None, use_errno=True)
    argv = (ctypes.c_char_p * 1)(None)
    variables = [f"{name}={value}".encode() for name, value in env.items()]
    envp = (ctypes.c_char_p * (len(variables) + 1))(*variables, None)

    def become():
        libc.execve(os.fsencode(XMPPFED), argv, envp)
        os._exit(127)

    return become


def close_descriptors(*descriptors):
    """For `preexec_fn`."""

    def close():
        for descriptor in descriptors:
            os.close(descriptor)

    return close


# --- killing at a system call -------------------------------------------------------------------------

# Every call that changes a file system. A name that a machine does not have is skipped (the question mark).
WRITING_CALLS = (
    "write writev pwrite64 pwritev pwritev2 fsync fdatasync sync_file_range ftruncate truncate fallocate copy_file_range "
    "sendfile unlink unlinkat rename renameat renameat2 link linkat symlink symlinkat mkdir mkdirat rmdir chmod fchmod "
    "fchmodat chown fchown fchownat open openat creat mknod mknodat"
).split()
OPENING_CALLS = ("open", "openat")


def spread(points, most=6):
    """All points where the longer proofs are asked for; otherwise so many of them, evenly, the first and the last among
    them."""
    if LONG or len(points) <= most:
        return points
    return [points[round(turn * (len(points) - 1) / (most - 1))] for turn in range(most)]


class Tracing:
    """Runs of the program under strace. It is killed at the entry of a chosen system call, or told that the call failed;
    either way the call does nothing."""

    def __init__(self):
        self.strace = shutil.which("strace")

    def problem(self):
        """Why nothing can be traced here, or ""."""
        if self.strace is None:
            return "strace is missing"
        trial = subprocess.run(
            [self.strace, "-o", os.devnull, "-e", "trace=none", "/bin/true"], capture_output=True, timeout=60
        )
        return "" if trial.returncode == 0 else f"strace is not permitted: {shown(trial.stderr)}"

    def _run(self, words, log, inject, env, timeout):
        trace = ",".join("?" + name for name in WRITING_CALLS)
        options = ["-f", "-qq", "-o", str(log), "-e", f"trace={trace}", "-e", "signal=none"]
        options += ["-e", f"inject={inject}"] if inject else []
        child = subprocess.run(
            [self.strace, *options, XMPPFED, *map(str, words)],
            env=traced(env if env is not None else environment()),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout,
        )
        return Run(list(words), child.returncode, child.stdout, child.stderr)

    def points(self, words, folder, env=None, timeout=120):
        """Runs the command untouched; returns the run and its writing calls in order, each as (name, number of that
        call among those of its name). An open that cannot create or change a file is left out."""
        log = pathlib.Path(folder) / "strace.log"
        result = self._run(words, log, None, env, timeout)
        counts, points = {}, []
        for line in log.read_text(errors="replace").splitlines():
            name = line.split(None, 1)[-1].split("(", 1)[0]
            if name not in WRITING_CALLS:
                continue
            counts[name] = counts.get(name, 0) + 1
            if name not in OPENING_CALLS or "O_CREAT" in line or "O_TRUNC" in line:
                points.append((name, counts[name]))
        log.unlink()
        return result, points, counts

    def all_points(self, tally, label, place, line, folder):
        """The writing calls of a command that is run in a new `place()` with the words `line(place)`, and that place
        afterwards. Checks that it completes, and that there is no further call of any name."""
        watched = place()
        result, points, counts = self.points(line(watched), folder)
        tally.check(result.code == DONE, f"{label} completes when it is only watched: {result}")
        for call, count in counts.items() if LONG else ():
            result = self.kill(line(place()), call, count + 1, folder)
            tally.check(result.code == DONE, f"{label} has no {call} after the {count}th: {result}")
        return watched, points

    def kill(self, words, name, number, folder, env=None, timeout=120):
        """Runs the command and kills it at the number-th call of that name."""
        log = pathlib.Path(folder) / "strace.log"
        result = self._run(words, log, f"{name}:signal=KILL:when={number}", env, timeout)
        log.unlink(missing_ok=True)
        if result.code == 128 + signal.SIGKILL:
            result.code = -signal.SIGKILL
        return result

    def fail(self, words, name, number, error, folder, env=None, timeout=120):
        """Runs the command, whose number-th call of that name fails with an error: "EIO"."""
        log = pathlib.Path(folder) / "strace.log"
        result = self._run(words, log, f"{name}:error={error}:when={number}", env, timeout)
        log.unlink(missing_ok=True)
        return result


# --- counting -----------------------------------------------------------------------------------------


class Tally:
    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, condition, what):
        """Counts one check; `what` says what ought to be so, and may be a function when it is dear."""
        if condition:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED: {what() if callable(what) else what}", file=sys.stderr)
        return bool(condition)

    def finish(self):
        """Prints the count; the exit code of the test."""
        sys.stderr.flush()
        print(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failed or not self.passed else 0


def seeded(seed=20260315):
    """Chance that is the same in every run."""
    return random.Random(seed)
