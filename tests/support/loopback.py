"""Ports of 127.0.0.1 for the servers that tests start."""

import contextlib
import pathlib
import random
import socket

CLIENT_PORTS = pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range")
TRIALS = 200


def free_ports(count=1):
    """Ports that nobody has, neither for UDP nor for TCP, and, where some are left, none that the system gives to clients.

    A client's port may be taken again before the server is there. And the sockets of named and dig consent to share one: dig, given the
    server's own, takes its question for the answer."""
    first, last = (int(word) for word in CLIENT_PORTS.read_text().split())
    candidates = [port for port in range(1024, 65536) if not first <= port <= last] or range(1024, 65536)
    found = []
    for port in random.sample(candidates, min(TRIALS, len(candidates))):
        if _is_free(port):
            found.append(port)
        if len(found) == count:
            return found
    raise OSError(f"{TRIALS} ports were tried, and {count} free ones were not among them")


def _is_free(port):
    with contextlib.suppress(OSError), socket.socket() as stream, socket.socket(type=socket.SOCK_DGRAM) as datagram:
        stream.bind(("127.0.0.1", port))
        datagram.bind(("127.0.0.1", port))
        return True
    return False
