"""The memory of a process at its end, as a debugger would see it: the process is traced, stopped when it exits, and what
it could write is copied."""

import ctypes
import os
import re
import signal
import subprocess
import tempfile

import process

_TRACEME, _CONTINUE, _SET_OPTIONS = 0, 7, 0x4200
_OPTION_EXIT, _OPTION_KILL = 0x40, 0x100000
_EVENT_EXIT = 6

_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
_libc.ptrace.restype = ctypes.c_long


def _ptrace(request, pid, data=0):
    if _libc.ptrace(request, pid, None, data) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


class End:
    """A run, and what was in its memory when it ended: `regions` are named octets."""

    def __init__(self, run, regions):
        self.run, self.regions = run, regions

    def holding(self, secret):
        """Where that is, in the order of its octets or against it, as numbers are kept in memory."""
        return [name for name, octets in self.regions for form in {secret, secret[::-1]} if form in octets]


def _regions(pid):
    """What the process may write. Nothing else can hold what it read or made."""
    regions = []
    with open(f"/proc/{pid}/maps", encoding="utf-8") as maps, open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in maps:
            start, end, access, name = re.match(r"([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \d+ *(.*)", line).groups()
            if access.startswith("rw"):
                memory.seek(int(start, 16))
                octets = b""
                while len(octets) < int(end, 16) - int(start, 16):
                    part = memory.read(int(end, 16) - int(start, 16) - len(octets))
                    if not part:
                        raise OSError(f"a part of {line!r} cannot be read")
                    octets += part
                regions.append((name or f"unnamed at {start}", octets))
    return regions


def locked(pid):
    """The KiB of a process that cannot be swapped out."""
    with open(f"/proc/{pid}/status", encoding="utf-8") as status:
        return int(re.search(r"VmLck:\s+(\d+) kB", status.read())[1])


def at_end(*words, store=None, command=None, prepare=None, **popen):
    """Runs the program, or another command, to its end. `prepare` is called in the child before it."""
    words = [*(["--store", store] if store is not None else []), *words]
    command = [*(command or [process.XMPPFED]), *map(str, words)]

    def become():
        if prepare:
            prepare()
        _ptrace(_TRACEME, 0)

    # Files, not pipes: nobody reads while the process runs.
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen(
            command,
            env=popen.pop("env", None) or process.environment(),
            stdin=popen.pop("stdin", subprocess.DEVNULL),
            stdout=out,
            stderr=popen.pop("stderr", err),
            preexec_fn=become,
            **popen,
        )
        regions, code = _follow(child.pid)
        child.returncode = code
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read())
    return End(process.Run(words, code, *texts), regions)


def _follow(pid):
    regions, started = [], False
    while True:
        _, status = os.waitpid(pid, 0)
        if not os.WIFSTOPPED(status):
            return regions, os.waitstatus_to_exitcode(status)
        passed_on = os.WSTOPSIG(status)
        if not started:  # the stop after execve
            started, passed_on = True, 0
            _ptrace(_SET_OPTIONS, pid, _OPTION_EXIT | _OPTION_KILL)
        elif status >> 16 == _EVENT_EXIT:
            passed_on = 0
            try:
                regions = _regions(pid)
            except OSError:
                os.kill(pid, signal.SIGKILL)
                _ptrace(_CONTINUE, pid)
                os.waitpid(pid, 0)
                raise
        _ptrace(_CONTINUE, pid, passed_on)
