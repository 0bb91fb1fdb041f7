"""A PostgreSQL server of its own for a test: unprivileged, in a temporary directory, at a socket there and on loopback."""

import glob
import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

SKIPPED = 77


def binaries():
    """The directory with the newest server's programs; ends the test as skipped where there is none."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/postgres"), key=lambda path: int(path.split("/")[4]))
    on_path = shutil.which("postgres")
    if not found and not on_path:
        print("skipped: PostgreSQL is not installed (scripts/dependencies test)")
        sys.exit(SKIPPED)
    return pathlib.Path(found[-1] if found else on_path).parent


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """`with Server() as server`. The superuser is `postgres`; everybody may log in as anybody. Databases sort as English
    does, so that whoever forgets to ask for the order of bytes is found out.
    """

    def __init__(self, durable=False, tls=False, **settings):
        self.programs = binaries()
        # A socket's path has at most 107 octets.
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="xmppfed-pg.", dir="/tmp"))
        self.data = self.directory / "data"
        self.port = free_port()
        self.settings = settings if durable else {"fsync": "off", "full_page_writes": "off", **settings}
        self.process = None
        self.account = {}
        if os.geteuid() == 0:  # the server refuses to run as root
            for name in ("postgres", "nobody"):
                try:
                    entry = pwd.getpwnam(name)
                except KeyError:
                    continue
                self.account = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
                os.chown(self.directory, entry.pw_uid, entry.pw_gid)
                break
        self.directory.chmod(0o755)
        if tls:
            self._make_certificate()

    def __enter__(self):
        self._run("initdb", "--pgdata", self.data, "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync",
                  "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US")
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.directory, ignore_errors=True)

    def _make_certificate(self):
        """One that vouches for itself and for localhost."""
        self.certificate, key = self.directory / "server.crt", self.directory / "server.key"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out",
                        self.certificate], check=True, stderr=subprocess.DEVNULL)
        key.chmod(0o600)
        if self.account:
            os.chown(key, self.account["user"], self.account["group"])
        self.settings = {"ssl": "on", "ssl_cert_file": self.certificate, "ssl_key_file": key, **self.settings}

    def _run(self, program, *arguments):
        subprocess.run([self.programs / program, *arguments], check=True, stdout=subprocess.DEVNULL, cwd=self.directory,
                       env={"LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]}, **self.account)

    def start(self):
        settings = {"listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": self.directory,
                    "logging_collector": "off", **self.settings}
        arguments = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with open(self.directory / "log", "ab") as log:
            self.process = subprocess.Popen([self.programs / "postgres", "-D", self.data, *arguments], stdout=log, stderr=log,
                                            stdin=subprocess.DEVNULL, cwd=self.directory, env={"LC_ALL": "C.UTF-8"}, **self.account)
        self.wait_until_ready()

    def wait_until_ready(self):
        """Also behind a crash, which a server gets over by itself."""
        end = time.monotonic() + 60
        while self.process.poll() is None and time.monotonic() < end:
            if self.sql("SELECT 1", check=False).returncode == 0:
                return
            time.sleep(0.05)
        raise RuntimeError((self.directory / "log").read_text(errors="replace"))

    def stop(self, how=signal.SIGINT):
        """SIGINT ends it at once and in order; SIGQUIT as a crash would."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGQUIT)
                self.process.wait(20)
        self.process = None

    def address(self, role="postgres", database="postgres", host=None, port=None, **parameters):
        """By its socket, if no host is named."""
        parameters = {"host": host or self.directory, "port": port or self.port, **parameters}
        return f"postgresql://{role}@/{database}?" + "&".join(f"{key}={value}" for key, value in parameters.items())

    def sql(self, text, role="postgres", database="postgres", check=True):
        """What statements print, one row a line."""
        done = subprocess.run(
            ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--dbname",
             self.address(role, database)],
            input=text, text=True, capture_output=True, check=False, env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"})
        if check and done.returncode != 0:
            raise RuntimeError(f"{text}\n{done.stderr}")
        return done.stdout.strip() if check else done

    def create_database(self, name, owner="postgres"):
        self.sql(f"CREATE DATABASE {name} OWNER {owner}")
        return name
