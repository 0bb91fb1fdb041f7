"""A proxy in front of a PostgreSQL server that cuts its first connection at one message of the client's."""

import socket
import struct
import threading


class CuttingProxy:
    """`with CuttingProxy(port, cut, late)`: the first connection ends at message number `cut` (from 1). `late`: the server
    gets it and answers, but nobody hears that; otherwise it never arrives. Other connections pass, unless `deaf`.
    """

    def __init__(self, port, cut, late, deaf=False):
        self.port, self.cut, self.late, self.deaf = port, cut, late, deaf
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = self.listener.getsockname()
        self.has_cut = False
        self.connections = 0

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.close()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            if self.connections > 1 and self.deaf and self.has_cut:
                client.close()
                continue
            server = socket.create_connection(("127.0.0.1", self.port))
            is_first = self.connections == 1
            threading.Thread(target=self._forward, args=(client, server, is_first), daemon=True).start()
            threading.Thread(target=self._answer, args=(server, client), daemon=True).start()

    def _answer(self, server, client):
        try:
            while data := server.recv(65536):
                client.sendall(data)
        except OSError:
            pass
        _end(client)

    def _forward(self, client, server, is_first):
        try:
            for number, message in enumerate(messages(client), 1):
                if is_first and number == self.cut:
                    self.has_cut = True
                    _end(client)
                    if self.late:
                        server.sendall(message)
                        server.shutdown(socket.SHUT_WR)  # what came before is worked off first
                    break
                server.sendall(message)
        except OSError:
            pass
        if not (is_first and self.has_cut and self.late):
            _end(server)


def _end(connection):
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass


def messages(client):
    """What a client sends, message by message: the first has no type (protocol 3.0, section 55.7 of the manual)."""
    stream = client.makefile("rb")
    head = stream.read(4)
    if len(head) == 4:
        yield head + stream.read(struct.unpack("!I", head)[0] - 4)
    while len(head := stream.read(5)) == 5:
        yield head + stream.read(struct.unpack("!I", head[1:])[0] - 4)
