"""Real servers, run by a test on loopback as an ordinary user, and what they present on the port for other servers."""

import contextlib
import os
import pathlib
import re
import signal
import socket
import ssl
import subprocess
import time

import examples
import loopback
import process

DOMAIN = "contoso.com"
EJABBERD_LIBRARIES = pathlib.Path("/usr/lib/x86_64-linux-gnu")
DEADLINE = 60.0

HEADER = (
    "<?xml version='1.0'?><stream:stream xmlns='jabber:server' xmlns:stream='http://etherx.jabber.org/streams' "
    f"xmlns:db='jabber:server:dialback' to='{DOMAIN}' version='1.0'>"
)
STARTTLS = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"


def presented(port):
    """The certificate that a server shows another server after STARTTLS (RFC 6120 section 5), in PEM; None when there is
    no such server yet."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as plain:
            plain.sendall(HEADER.encode())
            _read_until(plain, b"</stream:features>")
            plain.sendall(STARTTLS.encode())
            _read_until(plain, b"<proceed")
            with context.wrap_socket(plain, server_hostname=DOMAIN) as secured:
                return ssl.DER_cert_to_PEM_cert(secured.getpeercert(binary_form=True))
    except OSError:
        return None


def _read_until(stream, mark):
    seen = b""
    while mark not in seen:
        part = stream.recv(4096)
        if not part:
            raise ConnectionError(f"no {mark}: {process.shown(seen)}")
        seen += part
    return seen


def eventually(look, wanted, seconds=DEADLINE):
    """Looks until it sees what is wanted; what it saw last."""
    end = time.monotonic() + seconds
    while (seen := look()) != wanted and time.monotonic() < end:
        time.sleep(0.05)
    return seen


class Server:
    """A server in a folder of its own, as the user whose words of a command line are `as_user`. Its files are `pair`, a
    directory with `fullchain.pem` and `privkey.pem`."""

    def __init__(self, folder, pair, as_user, settings=""):
        self.folder, self.pair, self.as_user, self.settings = folder, pair, as_user, settings
        self.port, *self.others = loopback.free_ports(1 + self.more_ports)
        self.log = folder / "output"
        self.child = None

    more_ports = 0

    def __enter__(self):
        self.configure()
        owner = self.folder.stat()
        for path in self.folder.iterdir():
            os.chown(path, owner.st_uid, owner.st_gid)
        return self.start(*self.command())

    def start(self, *command):
        """Starts it, or starts it again when it has ended."""
        with open(self.log, "ab") as log:
            self.child = subprocess.Popen(
                [*self.as_user, *map(str, command)],
                env={**process.environment(), "HOME": str(self.folder), **self.variables()},
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder,
                start_new_session=True,
            )  # fmt: skip
        return self

    def __exit__(self, *_):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.child.pid, signal.SIGTERM)
        try:
            self.child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            pass
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.child.pid, signal.SIGKILL)
        self.child.wait(timeout=30)

    def variables(self):
        return {}

    def documented(self, beginning):
        """The settings that xmppfed-cert-assign(1) gives for the server, with the certificates of the test."""
        page = process.SOURCE_DIR / "man" / "cert-assign.mdoc"
        blocks = ["\n".join(block.lines) for block in examples.of_fragment(page) if block.lines[0].startswith(beginning)]
        if len(blocks) != 1:
            raise ValueError(f"the page has not one block of settings that begins with {beginning}: {blocks}")
        return blocks[0].replace("/etc/xmppfed/edge/current", str(self.pair))

    def said(self):
        return self.log.read_text(errors="replace")[-3000:]

    def listening(self):
        """The addresses that processes of the server's session listen on."""
        inodes = {}
        for table in ("tcp", "tcp6"):
            for line in pathlib.Path("/proc/net", table).read_text().splitlines()[1:]:
                words = line.split()
                if words[3] == "0A":  # LISTEN
                    inodes[words[9]] = words[1].rpartition(":")[0]
        found = set()
        for entry in pathlib.Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError, IndexError):
                if os.getsid(int(entry.name)) == self.child.pid:
                    for descriptor in (entry / "fd").iterdir():
                        if match := re.fullmatch(r"socket:\[(\d+)\]", os.readlink(descriptor)):
                            found |= {inodes[match[1]]} if match[1] in inodes else set()
        return found


LOOPBACK = {"0100007F"}


class Prosody(Server):
    name = "Prosody"

    def configure(self):
        (self.folder / "prosody.cfg.lua").write_text(f"""\
daemonize = false
pidfile = "{self.folder}/prosody.pid"
data_path = "{self.folder}/data"
certificates = "{self.folder}/elsewhere"
interfaces = {{ "127.0.0.1" }}
s2s_ports = {{ {self.port} }}
c2s_ports = {{ }}
modules_enabled = {{ "posix", "tls", "dialback" }}
modules_disabled = {{ "c2s" }}
log = {{ info = "*console" }}
{self.documented("VirtualHost")}
{self.settings}""")
        for name in ("data", "elsewhere"):
            (self.folder / name).mkdir()

    def command(self):
        return ["/usr/bin/prosody", "-F", "--config", self.folder / "prosody.cfg.lua"]

    def reload_command(self):
        """What `systemctl reload prosody` does."""
        return f"/bin/kill -HUP {self.child.pid}"


class Ejabberd(Server):
    name = "ejabberd"
    more_ports = 1

    def configure(self):
        (self.folder / "ejabberd.yml").write_text(f"""\
hosts: [{DOMAIN}]
loglevel: info
{self.documented("certfiles:")}
s2s_use_starttls: optional
listen:
  - {{port: {self.port}, ip: "127.0.0.1", module: ejabberd_s2s_in}}
  - {{port: {self.others[0]}, ip: "127.0.0.1", module: ejabberd_http, request_handlers: {{/api: mod_http_api}}}}
api_permissions:
  reload: {{from: mod_http_api, who: {{ip: 127.0.0.1/32}}, what: [reload_config]}}
modules:
  mod_http_api: {{}}
  mod_s2s_dialback: {{}}
""")
        (self.folder / "database").mkdir()

    def command(self):
        # Without a name there is no distribution, and no epmd that listens on every address.
        return ["erl", "-noshell", "-noinput", "-mnesia", "dir", f'"{self.folder}/database"', "-s", "ejabberd"]

    def variables(self):
        return {
            "ERL_LIBS": str(EJABBERD_LIBRARIES),
            "EJABBERD_CONFIG_PATH": str(self.folder / "ejabberd.yml"),
            "EJABBERD_LOG_PATH": str(self.folder / "ejabberd.log"),
            "ERL_CRASH_DUMP_SECONDS": "0",
        }

    def reload_command(self):
        """What `ejabberdctl reload_config` does, without a name to reach the server by."""
        code = f"import urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:{self.others[0]}/api/reload_config', b'{{}}'), timeout=60)"
        return f'/usr/bin/python3 -c "{code}"'
