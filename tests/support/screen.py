"""A terminal without a person: what is shown on it is kept, so that nobody has to read while a command runs."""

import os
import threading


class Screen:
    """`terminal` is the descriptor for the command; `text` is what it has shown when it is done."""

    def __init__(self, typed=b""):
        self._ours, self.terminal = os.openpty()
        os.write(self._ours, typed)
        self._parts = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self):
        while True:
            try:
                self._parts.append(os.read(self._ours, 65536))
            except OSError:  # nobody has the other end open any more
                return

    def text(self):
        """Ends it. A newline is a newline again."""
        os.close(self.terminal)
        self._reader.join()
        os.close(self._ours)
        return b"".join(self._parts).replace(b"\r\n", b"\n")
