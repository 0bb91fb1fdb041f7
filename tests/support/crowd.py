"""Many partners at the same time: names for them, servers on addresses of 127.0.0.0/8, and the raw loop that makes the same
connections as `partner probe`, with nothing behind it.

One connection at a time comes to an address, so that each listener is served by a thread of its own."""

import contextlib
import itertools
import os
import re
import signal
import socket
import ssl
import struct
import threading

HEADER = ("<?xml version='1.0'?><stream:stream xmlns='jabber:server' xmlns:db='jabber:server:dialback' "
          "xmlns:stream='http://etherx.jabber.org/streams' from='{ours}' to='{theirs}' version='1.0'>")  # fmt: skip
STARTTLS = b"<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"
FEATURES = ("<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls></stream:features>",
            "<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>EXTERNAL</mechanism></mechanisms>"
            "<dialback xmlns='urn:xmpp:features:dialback'/></stream:features>")  # fmt: skip
SRV, A, AAAA = 33, 1, 28


class Places:
    """Where `count` partners are: at `hosts` addresses and one port."""

    def __init__(self, count, hosts, port):
        self.count, self.hosts, self.port = count, hosts, port

    def address(self, host):
        return f"127.0.{1 + host // 250}.{1 + host % 250}"

    def domain(self, number):
        return f"p{number}.crowd.example"

    def records(self):
        """Lines for the zone crowd.example."""
        hosts = (f"h{host} IN A {self.address(host)}\n" for host in range(self.hosts))
        services = (f"_xmpp-server._tcp.p{number} IN SRV 0 0 {self.port} h{number % self.hosts}\n" for number in range(self.count))
        return "".join(itertools.chain(hosts, services))

    def manifest(self):
        return "".join(f'{{"primary_domain": "{self.domain(number)}", "tls": "optional", "sasl": "optional", "dialback": true}}\n'
                       for number in range(self.count))  # fmt: skip


class Crowd(Places):
    """The partners' servers, a process of its own. With a certificate they speak TLS; without one they take connections
    and never say a word."""

    def __init__(self, count, hosts, certificate=None):
        first = socket.create_server(("127.0.1.1", 0), backlog=64)
        super().__init__(count, hosts, first.getsockname()[1])
        self.certificate, self.child = certificate, None
        self.sockets = [first] + [socket.create_server((self.address(host), self.port), backlog=64) for host in range(1, hosts)]

    def __enter__(self):
        if self.certificate:
            self.child = os.fork()
            if self.child == 0:
                try:
                    self._serve()
                finally:
                    os._exit(0)
        return self

    def __exit__(self, *_):
        for each in self.sockets:
            each.close()
        if self.child:
            os.kill(self.child, signal.SIGKILL)
            os.waitpid(self.child, 0)

    def _serve(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate)
        for listener in self.sockets:
            threading.Thread(target=self._listen, args=(listener, context), daemon=True).start()
        signal.pause()

    def _listen(self, listener, context):
        while True:
            plain, _ = listener.accept()
            with contextlib.suppress(OSError), plain:
                plain.settimeout(20)
                plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                seen = _until(plain, b"version='1.0'>")
                theirs, ours = (re.search(rf" {word}='([^']*)'", seen.decode())[1] for word in ("to", "from"))
                answer = HEADER.format(ours=theirs, theirs=ours)
                plain.sendall((answer + FEATURES[0]).encode())
                _until(plain, b"/>")
                plain.sendall(b"<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
                with context.wrap_socket(plain, server_side=True) as secured:
                    _until(secured, b"version='1.0'>")
                    secured.sendall((answer + FEATURES[1]).encode())
                    _until(secured, b"</stream:stream>")
                    secured.sendall(b"</stream:stream>")


def _until(stream, mark):
    seen = b""
    while mark not in seen:
        part = stream.recv(4096)
        if not part:
            raise ConnectionError(mark)
        seen += part
    return seen


# --- the raw loop -----------------------------------------------------------------------------------


def raw_loop(places, resolver_port, parallel, ours="contoso.com"):
    """Asks what `partner probe` asks and says what it says, `parallel` at a time; how many got to the last features."""
    numbers, done = iter(range(places.count)), []
    lock = threading.Lock()
    gates = [threading.Lock() for _ in range(places.hosts)]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE

    def work():
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            host = number % places.hosts
            for name, kind in ((f"_xmpp-server._tcp.{places.domain(number)}", SRV), (f"_xmpps-server._tcp.{places.domain(number)}", SRV),
                               (f"h{host}.crowd.example", AAAA), (f"h{host}.crowd.example", A)):  # fmt: skip
                _ask(resolver_port, name, kind)
            with gates[host]:
                if _look(places, host, context, HEADER.format(ours=ours, theirs=places.domain(number)).encode(), places.domain(number)):
                    done.append(number)

    threads = [threading.Thread(target=work) for _ in range(parallel)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(done)


def _ask(port, name, kind):
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    with socket.socket(type=socket.SOCK_DGRAM) as datagram:
        datagram.settimeout(10)
        datagram.connect(("127.0.0.1", port))
        datagram.send(struct.pack(">6H", 1, 0x0100, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">2H", kind, 1))
        return datagram.recv(4096)


def _look(places, host, context, header, domain):
    with socket.create_connection((places.address(host), places.port), timeout=20) as plain:
        plain.sendall(header)
        _until(plain, b"</stream:features>")
        plain.sendall(STARTTLS)
        _until(plain, b"/>")
        with context.wrap_socket(plain, server_hostname=domain) as secured:
            secured.sendall(header)
            _until(secured, b"</stream:features>")
            secured.sendall(b"</stream:stream>")
            return b"</stream" in _until(secured, b"</stream:stream>")
