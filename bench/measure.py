"""Running commands, timing them, and what machine it was."""

import json
import os
import pathlib
import platform
import random
import shlex
import statistics
import subprocess
import sys

import floor_sql

MANY = 1_000_000
FEWER = 100_000

MEMORY_FILE_SYSTEMS = {"tmpfs", "ramfs"}

SOURCE_DIR = pathlib.Path(__file__).resolve().parent.parent


def run(command, text=None, cwd=None):
    """The standard output of a command that must succeed."""
    environment = {**os.environ, "HOME": "/nonexistent"}  # without anybody's ~/.sqliterc
    done = subprocess.run(
        command, input=text, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode != 0:
        stop(f"{shlex.join(command)[:200]} exited {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def stop(message):
    sys.exit(f"bench/run: error: {message}")


def measured(command):
    """The seconds that a command takes, and the most memory that it had, in MiB. Nobody reads what it prints."""
    seconds, mebibytes = run([sys.executable, "-IS", str(SOURCE_DIR / "bench" / "lone_run.py"), *command]).split()
    return float(seconds), float(mebibytes)


def hyperfine(directory, commands, arguments):
    """The results for the commands, each repeated for each parameter value."""
    out = directory / "hyperfine.json"
    run(
        ["hyperfine", "--shell=none", "--style", "none", *arguments, "--export-json", str(out)]
        + [shlex.join(command) for command in commands],
        cwd=directory,
    )
    return json.loads(out.read_text(encoding="utf-8"))["results"]


def alternated(options, directory, ours, theirs):
    """What came of two commands that may run again and again."""
    rounds = []
    for _ in range(options.rounds):
        results = hyperfine(directory, [ours, theirs], ["--warmup", "5", "--runs", str(options.runs)])
        rounds.append(tuple(result["times"] for result in results))
    return summary(rounds, min)


def scanned(directory, commands, first, last):
    """The times of our runs and of the other side's, for each number from first to last, which is {i} in the commands."""
    results = hyperfine(directory, commands, ["--runs", "1", "--parameter-scan", "i", str(first), str(last)])
    # hyperfine runs both commands for one value of the parameter, then for the next.
    return tuple([time for result in results[side::2] for time in result["times"]] for side in (0, 1))


def manifest_lines(directory, count, shuffled):
    """A manifest in lines with every key, by name or in an order without meaning, which is the same each time."""
    path = directory / f"{count}{'-random' if shuffled else ''}.jsonl"
    if not path.exists():
        numbers = list(range(1, count + 1))
        if shuffled:
            random.Random(count).shuffle(numbers)
        with path.open("w", encoding="utf-8") as file:
            for number in numbers:
                partner = floor_sql.configuration(floor_sql.partner_name(number))
                file.write(json.dumps(partner, separators=(",", ":")) + "\n")
    return path


def check_store(xmppfed, store):
    run([xmppfed, "store", "check", "--store", store])


def compiled(options, name, directory):
    """The executable of a program in bench/, optimised and linked as the release build is."""
    executable = directory / name
    if not executable.exists():
        linked = ["-static-libstdc++", "-static-libgcc", "-l:libsqlite3.a", "-lm"]
        source = str(SOURCE_DIR / "bench" / f"{name}.cpp")
        run([options.cxx, "-std=c++20", "-O2", source, "-o", str(executable), *linked])
    return str(executable)


def summary(rounds, typical):
    """What came of a pair; each round is the seconds of our runs, and of the other side's."""
    ratios = [typical(ours) / typical(theirs) for ours, theirs in rounds]
    return {
        "ratio": round(statistics.median(ratios), 3),
        "ratios": [round(ratio, 3) for ratio in ratios],
        "xmppfed_ms": milliseconds(typical(ours) for ours, _ in rounds),
        "floor_ms": milliseconds(typical(theirs) for _, theirs in rounds),
        "runs": sum(len(ours) for ours, _ in rounds),
    }


def milliseconds(seconds):
    return round(1000 * statistics.median(seconds), 3)


def machine_facts(directory):
    return {
        "cpu": cpu_model(),
        "cores": os.cpu_count(),
        "load_average": round(os.getloadavg()[0], 2),
        "kernel": platform.release(),
        "file_system": file_system(directory),
        "sqlite3": run(["sqlite3", "--version"]).split()[0],
        "openssl": run(["openssl", "version"]).split()[1],
        "hyperfine": run(["hyperfine", "--version"]).split()[-1],
    }


def cpu_model():
    for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition(":")
        if key.strip() in ("model name", "Model"):
            return value.strip()
    return platform.machine()


def file_system(directory):
    return run(["findmnt", "--noheadings", "--output", "FSTYPE", "--target", str(directory)]).strip()


def is_in_memory(directory):
    return file_system(directory) in MEMORY_FILE_SYSTEMS


def git_revision():
    """The commit, with -dirty for sources that differ from it; null in an unpacked archive."""
    command = ["git", "-C", str(SOURCE_DIR), "describe", "--always", "--abbrev=40", "--exclude", "*", "--dirty"]
    try:
        return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None
