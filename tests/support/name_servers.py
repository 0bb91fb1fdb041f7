"""A small DNS of its own for a test: NSD answers with zones of which some are signed, Unbound validates them from an
anchor that the test made. All of it is on loopback, as an ordinary user, and asks nobody else."""

import contextlib
import signal
import subprocess

import loopback
import process

NSD, UNBOUND = "/usr/sbin/nsd", "/usr/sbin/unbound"
SIGNER, KEY_MAKER, DIGEST_MAKER = "/usr/bin/dnssec-signzone", "/usr/bin/dnssec-keygen", "/usr/bin/dnssec-dsfromkey"
TOOLS = (NSD, UNBOUND, SIGNER, KEY_MAKER, DIGEST_MAKER, "/usr/bin/dig")
HEAD = """$TTL 300
@ IN SOA ns hostmaster 1 3600 900 604800 300
@ IN NS ns
ns IN A 127.0.0.1
"""

NSD_CONFIGURATION = """server:
  ip-address: 127.0.0.1@{port}
  port: {port}
  server-count: 1
  username: ""
  chroot: ""
  zonesdir: "{folder}"
  database: ""
  pidfile: ""
  xfrdir: "{folder}"
  xfrdfile: ""
  zonelistfile: "{folder}/zone.list"
  rrl-ratelimit: 0
remote-control:
  control-enable: no
"""
UNBOUND_CONFIGURATION = """server:
  interface: 127.0.0.1@{port}
  port: {port}
  num-threads: 1
  do-ip6: no
  do-daemonize: no
  username: ""
  chroot: ""
  directory: "{folder}"
  pidfile: ""
  use-syslog: no
  logfile: ""
  do-not-query-localhost: no
  module-config: "{modules}"
  {anchor}
  ede: yes
remote-control:
  control-enable: no
forward-zone:
  name: "."
  forward-addr: 127.0.0.1@{zones_port}
{stubs}"""
STUB = 'stub-zone:\n  name: "{zone}"\n  stub-addr: 127.0.0.1@{port}\n'


def tool(*words, cwd):
    return subprocess.run([str(word) for word in words], cwd=cwd, env=process.environment(), stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=60, check=True).stdout  # fmt: skip


class Zone:
    """A zone below `folder`. `records` are lines of a zone file, with names relative to the zone."""

    def __init__(self, folder, name, records, signed=True, signed_until=None):
        self.folder, self.name, self.records, self.signed_until = folder, name, records, signed_until
        self.path = folder / f"{name}.zone"
        self.keys = [self._make_key("-f", "KSK"), self._make_key()] if signed else []

    def _make_key(self, *words):
        return tool(KEY_MAKER, "-q", "-a", "ECDSAP256SHA256", *words, self.name, cwd=self.folder).strip()

    def digests(self):
        """The DS records for the zone above."""
        return tool(DIGEST_MAKER, f"{self.keys[0]}.key", cwd=self.folder) if self.keys else ""

    def anchor(self):
        """The file that makes validation begin here."""
        path = self.folder / f"{self.name}.anchor"
        key = (self.folder / f"{self.keys[0]}.key").read_text()
        path.write_text("".join(line + "\n" for line in key.splitlines() if not line.startswith(";")))
        return path

    def write(self):
        keys = "".join((self.folder / f"{key}.key").read_text() for key in self.keys)
        self.path.write_text(HEAD + self.records + keys)
        if self.keys:
            times = ["-P", "-s", "20200101000000", "-e", self.signed_until] if self.signed_until else []  # -P: do not verify them
            tool(SIGNER, "-q", "-o", self.name, *times, "-O", "full", "-f", self.path, "-k", self.keys[0], self.path, self.keys[1], cwd=self.folder)

    def forge(self, what, instead):
        """Changes what is signed, and leaves the signatures as they are."""
        text = self.path.read_text()
        if text.count(what) != 1:
            raise ValueError(f"{what} is not once in {self.path}")
        self.path.write_text(text.replace(what, instead))


class _Daemon:
    """A name server, from `with` until its end."""

    def __init__(self, folder, name):
        self.folder, self.name = folder, name
        self.log = folder / f"{name}.log"
        self.port = self.child = None

    def __enter__(self):
        for _ in range(3):  # somebody else may take the port in between
            (self.port,) = loopback.free_ports()
            path = self.folder / f"{self.name}.conf"
            path.write_text(self.configuration())
            with open(self.log, "wb") as log:
                self.child = subprocess.Popen([*self.command(), "-d", "-c", str(path)], cwd=self.folder, env=process.environment(),
                                              stdin=subprocess.DEVNULL, stdout=log, stderr=log)  # fmt: skip
            if self.answers():
                return self
            self.stop()
        raise RuntimeError(f"{self.name} does not start: {self.said()}")

    def __exit__(self, *_):
        self.stop()

    def answers(self):
        """Waits until it does, or has ended. dig itself waits for a second where nobody answers."""
        for _ in range(60):
            if self.child.poll() is not None:
                return False
            if "status:" in self.ask("example", "SOA", "+tries=1", "+time=1"):
                return True
        return False

    def ask(self, name, kind, *words):
        dig = ["dig", "@127.0.0.1", "-p", str(self.port), *words, name, kind]
        return subprocess.run(dig, env=process.environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60).stdout

    def stop(self):
        if self.child.poll() is None:
            self.child.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.child.wait(20)
        if self.child.poll() is None:
            self.child.kill()
            self.child.wait()

    def said(self):
        return self.log.read_text(errors="replace")[-2000:]

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"


class Authoritative(_Daemon):
    """NSD with these zones."""

    def __init__(self, folder, zones):
        super().__init__(folder, "nsd")
        self.zones = zones

    def configuration(self):
        zones = "".join(f'zone:\n  name: "{zone.name}"\n  zonefile: "{zone.path.name}"\n' for zone in self.zones)
        return NSD_CONFIGURATION.format(port=self.port, folder=self.folder) + zones

    def command(self):
        return [NSD]


class Resolving(_Daemon):
    """Unbound in front of an NSD; with an anchor it validates."""

    def __init__(self, folder, zones, anchor=None):
        super().__init__(folder, "validating" if anchor else "believing")
        self.zones, self.anchor = zones, anchor

    def configuration(self):
        return UNBOUND_CONFIGURATION.format(
            port=self.port, folder=self.folder, zones_port=self.zones.port,
            modules="validator iterator" if self.anchor else "iterator",
            stubs="".join(STUB.format(zone=zone.name, port=self.zones.port) for zone in self.zones.zones),
            anchor=f'trust-anchor-file: "{self.anchor}"' if self.anchor else "",
        )  # fmt: skip

    def command(self):
        return [UNBOUND]
