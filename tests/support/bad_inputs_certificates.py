"""Rows of the bad-inputs test: what a CA may send back, or somebody else."""

import datetime
import functools
import json

import authority
import certificates
import process
from authority import days
from bad_inputs import row
from certificates import NAMES
from process import DONE, FAILED, REFUSED

SECOND = datetime.timedelta(seconds=1)


class Office:
    """A CA, and a store with one pending request that its certificates are for."""

    def __init__(self, bench):
        self.bench = bench
        self.folder = bench.scratch.folder()
        self.ca = authority.make(bench.scratch.folder()).intermediate(bench.scratch.folder(), "Test CA")
        self.prepared = process.copy_store(bench.prepared, self.folder / "store.db")
        certificates.prepare(bench.tally, self.prepared)
        result = certificates.request(self.prepared, "--curve", "P-256", "--out", "edge.csr", "--key-out", "edge.key")
        bench.check(result.code == DONE, f"a request is made: {result}")
        self.csr, self.key = self.folder / "edge.csr", self.folder / "edge.key"

    def store(self):
        return process.copy_store(self.prepared, self.bench.scratch.folder() / "store.db")

    def file(self, content):
        path = self.bench.scratch.folder() / "certificate"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def refused(self, name, file, code, says, field=None, rule=None, checks=True, store=None):
        """By `import`, whichever way, and by `check` where that does not look at keys."""
        store = store or self.store()
        for words in ([], ["--dry-run"]):
            self.bench.refused(f"{name} {words}", ["cert", "import", file, *words], code, says, field, rule, store)
        if not checks:
            return
        before = process.raw(store)
        result = process.run("cert", "check", file, store=store)
        self.bench.sound(name, result)
        text = (result.out + result.err).decode(errors="replace")
        self.bench.check(result.code == code and all(word in text for word in says), f"{name}: check exits {code} and names {says}: {result}")
        self.bench.check(process.raw(store) == before, f"{name}: check changes nothing")

    def accepted(self, name, *words):
        store = self.bench.accepted(name, ["cert", "import", *words], self.store())
        result = process.run("cert", "show", "1", "-o", "json", store=store)
        self.bench.check(json.loads(result.out)["request"]["state"] == "issued", f"{name}: it is recorded: {result}")


@functools.cache
def office(bench):
    return Office(bench)


# --- cases --------------------------------------------------------------------------------------------


def refused_by(rule, field, says, **issued):
    def case(bench, name):
        here = office(bench)
        if "start" in issued or "end" in issued:  # relative to the present
            now = authority.now()
            dates = {key: now + issued[key] for key in ("start", "end")}
        else:
            dates = {}
        certificate = here.ca.issue(here.csr, **{**issued, **dates})
        here.refused(name, certificate, REFUSED, [*says, rule], field, rule)

    return case


def another_key(bench, name):
    here = office(bench)
    here.refused(name, here.ca.issue_for_key(authority.EC, NAMES), REFUSED, ["another key", "cert-key-mismatch"], "key", "cert-key-mismatch", checks=False)


def weak_key(bench, name):
    """Only a key that was made elsewhere can be weak."""
    here = office(bench)
    certificate = here.ca.issue_for_key(authority.rsa(1024), NAMES)
    store = here.store()
    for words in (["cert", "cancel", "1"], ["cert", "request", "--format", "inf", "--out", store.parent / "edge.inf"]):
        result = process.run(*words, "-q", store=store)
        bench.check(result.code == DONE, f"{name}: prepared: {result}")
    here.refused(name, certificate, REFUSED, ["1024 bits", "2048", "cert-key-weak"], "key", "cert-key-weak", store=store)


def either_order(bench, name):
    here = office(bench)
    leaf, above = here.ca.issue(here.csr).read_text(), here.ca.pem()
    for parts in ((leaf, above), (above, leaf), (leaf, leaf), ("Subject: CN=sip\n", leaf, "\nIssuer: \xe9\n", above, "the end")):
        here.accepted(name, here.file("".join(parts)))
        here.accepted(name, here.file("".join(parts).replace("\n", "\r\n")))
    here.accepted(name, here.file("\ufeff" + leaf))


def private_key(bench, name):
    here = office(bench)
    leaf, key = here.ca.issue(here.csr).read_text(), here.key.read_text()
    encrypted = here.bench.scratch.folder() / "encrypted.key"
    authority.openssl("pkey", "-in", here.key, "-aes256", "-passout", "pass:secret", "-out", encrypted)
    old = certificates.tool("openssl", "ec", "-in", here.key).split("-----BEGIN", 1)[1]
    for number, text in enumerate((leaf + key, key + leaf, key, leaf + encrypted.read_text(), leaf + "-----BEGIN" + old)):
        here.refused(f"{name} ({number})", here.file(text), FAILED, ["private key"])
        secret = key.splitlines()[1]
        result = process.run("cert", "import", here.file(text), store=here.store())
        bench.check(secret.encode() not in result.out + result.err, f"{name}: the key is not shown")


def csr_instead(bench, name):
    here = office(bench)
    for content in (here.csr.read_bytes(), authority.openssl("req", "-in", here.csr, "-outform", "DER")):
        here.refused(name, here.file(content), FAILED, ["no certificate, but a request"], checks=False)


def in_der(bench, name):
    here = office(bench)
    here.accepted(name, here.file(authority.to_der(here.ca.issue(here.csr).read_text())))
    leaf = here.file(authority.to_der(here.ca.issue(here.csr).read_text()))
    here.accepted(f"{name}, and its chain", leaf, "--chain", here.file(authority.to_der(here.ca.pem())))


def trailing(bench, name):
    here = office(bench)
    whole = authority.to_der(here.ca.issue(here.csr).read_text())
    for behind in (b"\0", b"\n", b"x", whole, here.csr.read_bytes()):
        here.refused(f"{name} {process.shown(behind, 30)}", here.file(whole + behind), FAILED, ["certificate"])
    armored = f"-----BEGIN CERTIFICATE-----\n{authority.base64.encodebytes(whole + b'x').decode()}-----END CERTIFICATE-----\n"
    here.refused(f"{name} within the block", here.file(armored), FAILED, ["block 1", "damaged"])


def truncated(bench, name):
    """Every octet is the matter of a unit test."""
    here = office(bench)
    text = here.ca.issue(here.csr).read_bytes()
    whole = authority.to_der(text.decode())
    for content in (text.rstrip(b"\n"), whole):
        for size in sorted({1, 2, 10, 27, 28, 100, len(content) // 2, len(content) - 26, len(content) - 1}):
            here.refused(f"{name} to {size} of {len(content)}", here.file(content[:size]), FAILED, ["certificate"])
    both = text + here.ca.certificate.read_bytes()
    here.refused(f"{name} in the second block", here.file(both[:-100]), FAILED, ["damaged or cut off"])


def empty(bench, name):
    here = office(bench)
    here.refused(name, here.file(b""), FAILED, ["certificate", "empty"])
    for content in (b"\n", b" ", b"\0" * 100, b"\xff\xfe", "\ufeff".encode(), b"-----BEGIN ", b"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"):
        here.refused(f"{name} but {content!a}", here.file(content), FAILED, ["certificate"])


def nul(bench, name):
    here = office(bench)
    for text in (b"sip.contoso.com\0.evil.example", b"\0", b"sip.contoso.com\0"):
        certificate = here.ca.issue(here.csr, [*NAMES, text])
        here.refused(f"{name} {text!a}", certificate, FAILED, ["certificate", "NUL"])


def odd_names(bench, name):
    """Names that are no names are shown harmlessly."""
    here = office(bench)
    for text in (b"\x1b[31m.example", b"\xff\xfe", "\u202eevil.example".encode(), b"", b"." * 70_000):
        certificate = here.ca.issue(here.csr, [text], subject="/O=a\x1b[31m\u202e/CN=\u2028")
        here.refused(f"{name}, or odd ones {process.shown(text, 40)}", certificate, REFUSED, ["missing", "cert-name-missing"], "names", "cert-name-missing")


def many_names(bench, name):
    here = office(bench)
    certificate = here.ca.issue(here.csr, [*NAMES, *(f"n{number}.contoso.com" for number in range(100_000))])
    here.refused(name, certificate, FAILED, ["certificate", "100005 names"])
    here.accepted(f"{name}, but 10,000", here.ca.issue(here.csr, [*NAMES, *(f"n{number}.contoso.com" for number in range(10_000))]))


ROWS = [
    row("Issued certificate", "another key's", another_key),
    row("Issued certificate", "expired", refused_by("cert-expired", "not_after", ["expired at"], start=-days(9), end=-SECOND)),
    row("Issued certificate", "not yet valid", refused_by("cert-not-yet-valid", "not_before", ["not valid before"], start=days(1), end=days(9))),
    row("Issued certificate", "two certificates in either order (accepted)", either_order),
    row("Issued certificate", "with a private key", private_key),
    row("Issued certificate", "a CSR instead", csr_instead),
    row("Issued certificate", "DER (accepted)", in_der),
    row("Issued certificate", "trailing bytes", trailing),
    row("Issued certificate", "truncated", truncated),
    row("Issued certificate", "empty", empty),
    row("Issued certificate", "a name missing", refused_by("cert-name-missing", "names", ["fabrikam.com"], names=NAMES[:4]), odd_names),
    row("Issued certificate", "wildcard only",
        refused_by("cert-name-missing", "names", ["'contoso.com'"], names=["*.contoso.com", "*.fabrikam.com"]),
        refused_by("cert-name-missing", "names", ["'sip.contoso.com'"], names=["*.sip.contoso.com"])),
    row("Issued certificate", "a NUL in dNSName", nul),
    row("Issued certificate", "a CA certificate", refused_by("cert-is-ca", None, ["CA"], constraints="critical,CA:TRUE")),
    row("Issued certificate", "RSA-1024", weak_key),
    row("Issued certificate", "SHA-1", refused_by("cert-signature-weak", "signature", ["SHA1"], digest="sha1")),
    row("Issued certificate", "100,000 SANs", many_names),
]
