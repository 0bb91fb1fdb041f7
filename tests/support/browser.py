"""A headless Chromium, told what to do by its DevTools protocol on two pipes: no port is opened."""

import base64
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile

EXECUTABLE = shutil.which("chromium")


class Browser:
    """A page in a browser of its own, which ends with it. What is shown on the console is kept in `console`."""

    def __init__(self):
        self.profile = tempfile.mkdtemp(prefix="xmppfed-browser-")
        to_browser, self._commands = os.pipe()
        self._answers, from_browser = os.pipe()
        words = [EXECUTABLE, "--headless", "--remote-debugging-pipe", f"--user-data-dir={self.profile}", "--disable-gpu", "--disable-dev-shm-usage",
                 "--no-first-run", "--disable-background-networking", "--disable-component-update", "--hide-scrollbars", "--force-color-profile=srgb"]  # fmt: skip
        if os.geteuid() == 0:
            words.append("--no-sandbox")  # which Chromium has for other users only

        def give_pipes():
            """The protocol reads from descriptor 3 and writes to 4."""
            spare = [os.dup2(to_browser, 103), os.dup2(from_browser, 104)]
            os.dup2(spare[0], 3)
            os.dup2(spare[1], 4)

        self._child = subprocess.Popen(words, preexec_fn=give_pipes, close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                       start_new_session=True, env={**os.environ, "HOME": self.profile})  # fmt: skip
        os.close(to_browser)
        os.close(from_browser)
        self._rest = b""
        self._number = 0
        self._session = None
        self.console = []
        self.requests = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self._commands)
        try:
            self._child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(self._child.pid, signal.SIGKILL)
            self._child.wait()
        os.close(self._answers)
        shutil.rmtree(self.profile, ignore_errors=True)

    def _message(self):
        while b"\0" not in self._rest:
            piece = os.read(self._answers, 1 << 20)
            if not piece:
                raise RuntimeError(f"the browser has ended: {self._child.poll()}")
            self._rest += piece
        head, _, self._rest = self._rest.partition(b"\0")
        message = json.loads(head)
        name, facts = message.get("method"), message.get("params", {})
        if name == "Runtime.consoleAPICalled":
            self.console.append(" ".join(str(each.get("value")) for each in facts["args"]))
        elif name == "Log.entryAdded":
            self.console.append(facts["entry"]["text"])
        elif name == "Runtime.exceptionThrown":
            self.console.append(facts["exceptionDetails"]["text"])
        elif name == "Network.requestWillBeSent":
            self.requests.append(facts["request"]["url"])
        return message

    def call(self, method, **parameters):
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        rest = json.dumps(message).encode() + b"\0"
        while rest:
            rest = rest[os.write(self._commands, rest) :]
        while True:
            answer = self._message()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]

    def open(self, path):
        """Shows a file, and returns when all of it is there."""
        self.call("Page.navigate", url=pathlib.Path(path).resolve().as_uri())
        while self._message().get("method") != "Page.loadEventFired":
            pass

    def look(self, width, height=900, scheme="light", media="screen", scale=1):
        """How wide the window is, and which colours its user likes."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=False)
        self.call("Emulation.setEmulatedMedia", media=media, features=[{"name": "prefers-color-scheme", "value": scheme}])

    def evaluate(self, expression):
        """The value of JavaScript that is run by us, whatever the page allows its own."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(str(result["exceptionDetails"])[:2000])
        return result["result"].get("value")

    def screenshot(self, path, clip=None):
        """The whole page, or `clip` of it, as PNG."""
        options = {"clip": {**clip, "scale": 1}} if clip else {}
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True, **options)
        pathlib.Path(path).write_bytes(base64.b64decode(shot["data"]))

    def pdf(self, path):
        """The page on paper."""
        sheet = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        pathlib.Path(path).write_bytes(base64.b64decode(sheet["data"]))
