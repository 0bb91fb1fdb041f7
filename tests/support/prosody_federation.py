"""A Prosody that federates by a policy, and both ends of its streams: partners' servers on raw sockets, and clients."""

import base64
import contextlib
import datetime
import json
import os
import re
import socket
import ssl
import threading
import time

import process
import xmpp_servers

HOST = "contoso.com"
ROOMS = "conference.contoso.com"
USER = 64321  # nobody has this number, and Prosody refuses to be root
SECONDS = 15.0
# What Debian's file enables; modules of the server's surroundings aside.
STOCK = ("disco roster saslauth tls blocklist bookmarks carbons dialback limits pep private smacks vcard4 vcard_legacy "
         "csi_simple invites invites_adhoc invites_register ping register time uptime version admin_adhoc posix").split()  # fmt: skip


# --- what the server reads ----------------------------------------------------------------------------


def partner(domain, tls="required", sasl="required", dialback=False, methods=("sasl-over-tls",), kind="federated", **more):
    return {"domains": [domain, *more.pop("additional", ())], "type": kind, "methods": list(methods), "tls": tls, "sasl": sasl,
            "dialback": dialback, "keepalive": True, **more}  # fmt: skip


def in_book(agreed):
    """A partner as a manifest has it. The book takes no address for a proxy: it gets a name."""
    primary, *additional = agreed["domains"]
    known = {key: value for key, value in agreed.items() if key not in ("domains", "methods")}
    if "proxy_fqdn" in known:
        known["proxy_fqdn"] = f"proxy.{primary}"
    return {"primary_domain": primary, "additional_domains": additional, **known}


def render(folder, partners, gateway=None, module=True):
    """Commits partners and settings of the gateway, and writes with the program what `Include` and the module read. What
    tests need for want of DNS and no book has, addresses of proxies, comes into the policy afterwards."""
    store, manifest = (folder.parent / f"{folder.name}.{suffix}" for suffix in ("db", "json"))
    document = {"format_version": "1.0", "kind": "manifest", "partners": list(map(in_book, partners))}
    manifest.write_text(json.dumps({**document, "gateway": gateway} if gateway else document))
    for words in (("apply", "--file", manifest, "--prune", "--yes"), ("render", "prosody", "--to", folder, "--host", HOST)):
        done = process.run(*words, "-q", store=store)
        if done.code != process.DONE:
            raise RuntimeError(str(done))
    path = folder / "xmppfed-policy.json"
    policy = json.loads(path.read_text())
    wanted = {agreed["domains"][0]: agreed for agreed in partners}
    for found in policy["partners"]:
        agreed = wanted.pop(found["domains"][0])
        if "proxy_fqdn" in found:
            found["proxy_fqdn"] = agreed["proxy_fqdn"]
        if found != agreed:
            raise RuntimeError(f"{agreed} was agreed, and the policy has {found}")
    if wanted:
        raise RuntimeError(f"not in the policy: {list(wanted)}")
    if {**policy["gateway"], **(gateway or {})} != policy["gateway"]:
        raise RuntimeError(f"the gateway was to have {gateway}, and the policy has {policy['gateway']}")
    path.write_text(json.dumps(policy))
    if not module:
        (folder / "mod_xmppfed.lua").unlink()


# --- certificates -----------------------------------------------------------------------------------


class Authority:
    """A CA with an empty history, and certificates for domains, in a folder."""

    def __init__(self, folder, name="Test CA"):
        self.folder = folder
        self.key, self.certificate = _sign(name, None, None, None)
        self.path = folder / f"{name}.pem".replace(" ", "-")
        self.path.write_bytes(_pem(self.certificate))

    def issue(self, domain, *more):
        """The path of certificate and key, in one file, for a domain and others."""
        key, certificate = _sign(domain, [domain, *more], self.key, self.certificate)
        path = self.folder / f"{domain}.pem"
        path.write_bytes(_pem(certificate) + _key_pem(key))
        return path


def _sign(name, domains, issuer_key, issuer):
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.utcnow()
    builder = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=domains is None, path_length=None), critical=True)
    )  # fmt: skip
    if domains:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(domain) for domain in domains]), critical=False)
    return key, builder.sign(issuer_key or key, hashes.SHA256())


def _pem(certificate):
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.PEM)


def _key_pem(key):
    from cryptography.hazmat.primitives import serialization as form

    return key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())


# --- the server -------------------------------------------------------------------------------------


def as_user():
    return ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", "--"] if process.is_root() else []


class Prosody(xmpp_servers.Server):
    """Prosody with Debian's modules and the module. `before` is configuration in front of the Include, `render` writes
    what is included."""

    name = "Prosody"
    more_ports = 2

    def __init__(self, folder, ca, rendered, before="", settings=""):
        super().__init__(folder, ca.issue(HOST, ROOMS), as_user(), settings)
        self.ca, self.rendered, self.before = ca, rendered, before
        self.c2s_port, self.partner_port = self.others

    def configure(self):
        self.rendered(self.folder)
        (self.folder / "data").mkdir()
        (self.folder / "pair.pem").write_bytes(self.pair.read_bytes())
        (self.folder / "ca.pem").write_bytes(self.ca.path.read_bytes())
        (self.folder / "prosody.cfg.lua").write_text(f"""\
daemonize = false
pidfile = "{self.folder}/prosody.pid"
data_path = "{self.folder}/data"
interfaces = {{ "127.0.0.1" }}
s2s_ports = {{ {self.port} }}
c2s_ports = {{ {self.c2s_port} }}
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
authentication = "internal_plain"
storage = "internal"
modules_enabled = {{ {", ".join(json.dumps(name) for name in STOCK)}, "xmppfed" }}
s2s_secure_auth = true
xmppfed_proxy_port = {self.partner_port}
log = {{ debug = "*console" }}
ssl = {{ certificate = "{self.folder}/pair.pem", key = "{self.folder}/pair.pem", cafile = "{self.folder}/ca.pem" }}
{self.before}
Include "xmppfed.cfg.lua"
VirtualHost "{HOST}"
Component "{ROOMS}" "muc"
{self.settings}""")
        account = self.folder / "data" / "contoso%2ecom" / "accounts"
        account.mkdir(parents=True)
        for name in ("anna", "bernd"):
            (account / f"{name}.dat").write_text('return { ["password"] = "secret" };\n')
        for path in (self.folder, *self.folder.rglob("*")):
            os.chown(path, *((USER, USER) if process.is_root() else (-1, -1)))

    def command(self):
        return ["/usr/bin/prosody", "-F", "--config", self.folder / "prosody.cfg.lua"]

    def all_said(self):
        return self.log.read_text(errors="replace")

    def waits_for(self, text, seconds=SECONDS, count=1):
        return xmpp_servers.eventually(lambda: self.all_said().count(text) >= count, True, seconds)

    def is_open(self, port=None):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port or self.port), timeout=1):
            return True
        return False

    def ready(self):
        """Whether clients are served, which is so also when no server is. Who answers has started wholly: a signal
        before that would end it."""

        def answers():
            with contextlib.suppress(OSError), connect(self.c2s_port, "jabber:client") as stream:
                return stream.features(to=HOST) is not None
            return False

        return xmpp_servers.eventually(answers, True, SECONDS)

    def federates(self):
        """Whether servers are served. Who answers a header, whatever it says, has taken the connection: Prosody 0.12
        that is told to end while it takes one never ends."""

        def answers():
            with contextlib.suppress(OSError), connect(self.port) as stream:
                return stream.header(to=HOST).wait("<stream:stream ") is not None
            return False

        return self.ready() and xmpp_servers.eventually(answers, True, SECONDS)

    def reload(self):
        self.ready()
        before = self.all_said().count("Reloading configuration file")
        os.kill(self.child.pid, 1)
        return self.waits_for("Reloading configuration file", count=before + 1)


# --- streams ----------------------------------------------------------------------------------------

STREAM = ("<?xml version='1.0'?><stream:stream xmlns='{space}' xmlns:stream='http://etherx.jabber.org/streams' "
          "xmlns:db='jabber:server:dialback' {addresses} version='1.0'>")  # fmt: skip
FEATURES_END = "</stream:features>|<stream:features/>"
ENDED = "</stream:stream>"


class Stream:
    """One end of a stream. `seen` is all that came since the last header was sent."""

    def __init__(self, plain, space="jabber:server"):
        self.socket, self.space, self.seen, self.ended, self.secure = plain, space, "", False, False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with contextlib.suppress(OSError):
            self.socket.close()

    def send(self, text):
        with contextlib.suppress(OSError):
            self.socket.sendall(text.encode())

    def wait(self, pattern, seconds=SECONDS):
        """What came until the pattern matched; None when it did not."""
        end = time.monotonic() + seconds
        while not (match := re.search(pattern, self.seen, re.S)):
            left = end - time.monotonic()
            if left <= 0 or self.ended:
                return None
            self.socket.settimeout(left)
            try:
                part = self.socket.recv(65536)
            except (TimeoutError, ssl.SSLWantReadError):
                continue
            except OSError:
                part = b""
            self.ended = not part
            self.seen += part.decode(errors="replace")
        return match

    def header(self, **addresses):
        self.seen = ""
        self.send(STREAM.format(space=self.space, addresses=" ".join(f"{key}='{value}'" for key, value in addresses.items())))
        return self

    def features(self, **addresses):
        """The features that are offered; None when the stream was closed instead."""
        self.header(**addresses).wait(f"{FEATURES_END}|{ENDED}")
        if re.search(f"<stream:error>|{ENDED}", self.seen) or not re.search(FEATURES_END, self.seen):
            return None
        return {name for name, mark in (("starttls", "<starttls"), ("required", "<required/>"), ("external", ">EXTERNAL<"),
                                        ("dialback", "features:dialback"), ("bidi", "features:bidi")) if mark in self.seen}  # fmt: skip

    def starttls(self, certificate=None):
        self.send("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
        if not self.wait("<proceed"):
            return False
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        if certificate:
            context.load_cert_chain(certificate)
        self.socket.settimeout(SECONDS)
        self.socket = context.wrap_socket(self.socket, server_hostname=HOST)
        self.secure = True
        return True

    def external(self, domain):
        self.send("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='EXTERNAL'>"
                  f"{base64.b64encode(domain.encode()).decode()}</auth>")  # fmt: skip
        return bool(self.wait("<success"))


def connect(port, space="jabber:server"):
    return Stream(socket.create_connection(("127.0.0.1", port), timeout=SECONDS), space)


def partner_stream(server, certificate, domain, **more):
    """An incoming stream of a partner that has authenticated itself with a certificate."""
    stream = connect(server.port)
    stream.features(**{"from": domain}, to=HOST)
    if not stream.starttls(certificate) or stream.features(**{"from": domain}, to=HOST) is None:
        return None
    for text in more.get("before", ()):
        stream.send(text)
    if not stream.external(domain) or stream.features(**{"from": domain}, to=HOST) is None:
        return None
    return stream


class PartnerServer:
    """A partner's server on an address of its own: takes streams, offers what it is told to, keeps what it gets."""

    def __init__(self, address, port, domain, certificate, tls="required", external=True, dialback=False, bidi=False):
        self.domain, self.certificate, self.tls, self.external, self.dialback = domain, certificate, tls, external, dialback
        self.bidi, self.got, self.connections, self.streams = bidi, "", 0, []
        self.listener = socket.create_server((address, port))
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def waits_for(self, pattern, seconds=SECONDS):
        return xmpp_servers.eventually(lambda: bool(re.search(pattern, self.got, re.S)), True, seconds)

    def finish(self):
        """Ends all streams."""
        for stream in self.streams:
            stream.send(ENDED)

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                plain, _ = self.listener.accept()
                self.connections += 1
                self.streams.append(Stream(plain))
                threading.Thread(target=self._serve, args=(self.streams[-1],), daemon=True).start()

    def _offer(self, stream, done):
        mechanisms = "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>EXTERNAL</mechanism></mechanisms>"
        starttls = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'>" + "<required/>" * (self.tls == "required") + "</starttls>"
        features = ""
        if not done:
            features += starttls * (self.tls != "none" and not stream.secure) + mechanisms * (self.external and stream.secure)
            features += "<dialback xmlns='urn:xmpp:features:dialback'/>" * self.dialback
            features += "<bidi xmlns='urn:xmpp:features:bidi'/>" * self.bidi
        wanted = re.search(" to='([^']*)'", stream.seen)
        stream.header(id=f"s{id(stream)}", **{"from": wanted[1] if wanted else self.domain}, to=HOST)
        stream.send(f"<stream:features>{features}</stream:features>")

    def _serve(self, stream):
        if stream.wait("<stream:stream[^>]*>"):
            self._offer(stream, False)
        while not stream.ended:
            stream.wait(".", 1)
            self.got, text, stream.seen = self.got + stream.seen, stream.seen, ""
            if "<starttls" in text:
                stream.send("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(self.certificate)
                stream.socket.settimeout(SECONDS)
                with contextlib.suppress(OSError):
                    stream.socket = context.wrap_socket(stream.socket, server_side=True)
                    stream.secure, stream.seen = True, ""
                    stream.wait("<stream:stream[^>]*>")
                    self._offer(stream, False)
            elif "<auth" in text:
                stream.send("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>")
                stream.wait("<stream:stream[^>]*>")
                self._offer(stream, True)
            elif "<db:result" in text:
                asked = re.search("<db:result[^>]* to='([^']*)'", text)
                stream.send(f"<db:result from='{asked[1]}' to='{HOST}' type='valid'/>")


class Client(Stream):
    """A user of ours, online."""

    def __init__(self, server, name):
        super().__init__(socket.create_connection(("127.0.0.1", server.c2s_port), timeout=SECONDS), "jabber:client")
        self.name, self.jid, self.count = name, f"{name}@{HOST}/test", 0
        self.header(to=HOST).wait(FEATURES_END)
        secret = base64.b64encode(f"\0{name}\0secret".encode()).decode()
        self.send(f"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{secret}</auth>")
        if not self.wait("<success"):
            raise ConnectionError(f"no success: {process.shown(self.seen.encode())}")
        self.header(to=HOST).wait(FEATURES_END)
        self.request("<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>test</resource></bind>", "set")

    def request(self, child, kind="get", to=None):
        """Sends a request and waits for the answer: all before it has come then, too."""
        self.count += 1
        number = f"r{self.count}"
        self.send(f"<iq type='{kind}' id='{number}'" + (f" to='{to}'" if to else "") + f">{child}</iq>")
        return self.wait(f"<iq[^>]*id='{number}'[^>]*>")

    def online(self):
        self.request("<query xmlns='jabber:iq:roster'/>")
        self.send("<presence><status>busy</status></presence>")
        self.wait(f"<presence[^>]*from='{self.jid}'")
        return self

    def add(self, contact):
        return self.request(f"<query xmlns='jabber:iq:roster'><item jid='{contact}'/></query>", "set")

    def remove(self, contact):
        return self.request(f"<query xmlns='jabber:iq:roster'><item jid='{contact}' subscription='remove'/></query>", "set")
