"""pgbouncer in transaction mode before a server of tests/support/postgres.py: a connection of it serves whoever has a
transaction, so that nothing that is set for longer gets where it should."""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

from postgres import SKIPPED, free_port


def program():
    """Ends the test as skipped where there is none."""
    found = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        print("skipped: pgbouncer is not installed (scripts/dependencies test)")
        sys.exit(SKIPPED)
    return found


class Pooler:
    """`with Pooler(server, database) as pooler`. At a socket in the server's directory; everybody may log in as anybody."""

    def __init__(self, server, database, connections):
        self.server, self.database = server, database
        self.port = free_port()
        self.program = program()
        self.process = None
        self.configuration = server.directory / "pgbouncer.ini"
        self.configuration.write_text(
            f"[databases]\n{database} = host={server.directory} port={server.port} user=postgres\n"
            f"[pgbouncer]\nlisten_port = {self.port}\nunix_socket_dir = {server.directory}\n"
            "auth_type = any\npool_mode = transaction\n"
            f"default_pool_size = {connections}\nmax_client_conn = 500\n"
            f"logfile = {server.directory / 'pgbouncer.log'}\n")

    def __enter__(self):
        self.process = subprocess.Popen([self.program, self.configuration], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, cwd=self.server.directory, **self.server.account)
        end = time.monotonic() + 60
        while not pathlib.Path(f"{self.server.directory}/.s.PGSQL.{self.port}").exists():
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("pgbouncer does not start")
            time.sleep(0.02)
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def address(self):
        return self.server.address("postgres", self.database, port=self.port)
