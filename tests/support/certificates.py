"""What the tests of certificate requests share: a store with the worked example's edge, keys, and readers of requests
that have nothing to do with the program: openssl, certtool, and a small DER walker."""

import base64
import dataclasses
import re
import subprocess

import process
from process import DONE

# The example of the manual's certificate pages.
EDGE = (
    "--access-edge", "sip.contoso.com", "--web-conferencing", "webcon.contoso.com",
    "--sip-domain", "contoso.com,fabrikam.com", "--organization", "Contoso", "--city", "Redmond",
    "--state", "Washington", "--country", "US",
)  # fmt: skip
NAMES = ["sip.contoso.com", "webcon.contoso.com", "sip.fabrikam.com", "contoso.com", "fabrikam.com"]
SUBJECT = [("C", "US"), ("ST", "Washington"), ("L", "Redmond"), ("O", "Contoso"), ("CN", "sip.contoso.com")]


def prepare(tally, store, *words):
    """Makes a store with the worked example's edge, or another one."""
    result = process.run("edge", "set", "-q", *(words or EDGE), store=store)
    tally.check(result.code == DONE, f"the edge is set: {result}")
    return store


def request(store, *words, folder=None, **options):
    """`cert request` in the store's folder, so that its files are there when nothing else is said."""
    return process.run("cert", "request", *words, store=store, cwd=folder or store.parent, **options)


def tool(*words, **options):
    """Another program's answer, its two streams together; None when it fails."""
    child = subprocess.run(
        [str(word) for word in words],
        env=process.environment(),
        stdin=options.pop("stdin", subprocess.DEVNULL),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=60,
        **options,
    )
    return child.stdout.decode("utf-8", "replace") if child.returncode == 0 else None


def make_key(path, *algorithm):
    """A private key by openssl; on the curve P-256 when nothing else is said."""
    words = algorithm or ("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")
    child = subprocess.run(["openssl", "genpkey", "-quiet", "-out", str(path), *words], capture_output=True)
    if child.returncode != 0:  # older ones are quiet by themselves
        subprocess.run(["openssl", "genpkey", "-out", str(path), *words], capture_output=True, check=True)
    return path


def is_key(path):
    return tool("openssl", "pkey", "-in", path, "-noout") is not None


def is_csr(path):
    return tool("openssl", "req", "-in", path, "-verify", "-noout") is not None


def key_of(path, *words):
    """The public key that belongs to a private key, in PEM."""
    return tool("openssl", "pkey", "-in", path, "-pubout", *words)


# --- reading DER --------------------------------------------------------------------------------------

PRINTABLE, IA5, UTF8, BMP = 0x13, 0x16, 0x0C, 0x1E
SEQUENCE, SET, OID, OCTETS = 0x30, 0x31, 0x06, 0x04

ATTRIBUTES = {"2.5.4.6": "C", "2.5.4.8": "ST", "2.5.4.7": "L", "2.5.4.10": "O", "2.5.4.11": "OU", "2.5.4.3": "CN"}
SRV_NAME, XMPP_ADDR = "1.3.6.1.5.5.7.8.7", "1.3.6.1.5.5.7.8.5"
SUBJECT_ALT_NAME, KEY_USAGE, EXTENDED_KEY_USAGE = "2.5.29.17", "2.5.29.15", "2.5.29.37"
TEMPLATE_NAME, EXTENSION_REQUEST = "1.3.6.1.4.1.311.20.2", "1.2.840.113549.1.9.14"
SERVER_AUTH, CLIENT_AUTH = "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"


def elements(data):
    """The elements that follow each other in `data`, as (tag, content); ValueError when it is not DER."""
    found, at = [], 0
    while at < len(data):
        if at + 2 > len(data):
            raise ValueError("an element is cut off")
        tag, length = data[at], data[at + 1]
        at += 2
        if length == 0x80:
            raise ValueError("an indefinite length")
        if length > 0x80:
            count = length & 0x7F
            length = int.from_bytes(data[at : at + count], "big")
            at += count
            if length < 0x80 or length.bit_length() <= 8 * (count - 1):
                raise ValueError("a length that is longer than it needs to be")
        if at + length > len(data):
            raise ValueError("an element is cut off")
        found.append((tag, data[at : at + length]))
        at += length
    return found


def only(data, tag):
    """The content of the one element that `data` is."""
    found = elements(data)
    if len(found) != 1 or found[0][0] != tag:
        raise ValueError(f"not one element with tag {tag:#x}: {[each[0] for each in found]}")
    return found[0][1]


def oid(content):
    numbers, value = [], 0
    for octet in content:
        value = value << 7 | octet & 0x7F
        if not octet & 0x80:
            numbers.append(value)
            value = 0
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, [first, numbers[0] - 40 * first, *numbers[1:]]))


def from_pem(text, label="CERTIFICATE REQUEST"):
    """The content of a text that is one PEM block and nothing else."""
    match = re.fullmatch(f"-----BEGIN {label}-----\n([A-Za-z0-9+/=\n]+)-----END {label}-----\n", text)
    if not match:
        raise ValueError(f"not one {label} in PEM: {process.shown(text)}")
    return base64.b64decode(match[1], validate=False)


def text_of(tag, content):
    return content.decode({BMP: "utf-16-be", UTF8: "utf-8"}.get(tag, "ascii"))


@dataclasses.dataclass
class Csr:
    """A certificate request taken apart. `subject` has (name, tag, text) for each attribute, `names` (type, tag, text)
    for each name, `extensions` (critical, content) for each object identifier."""

    version: int
    subject: list
    attributes: list
    extensions: dict
    names: list

    @classmethod
    def read(cls, pem):
        info = elements(only(from_pem(pem), SEQUENCE))[0]
        (_, version), (_, subject), _, (tag, attributes) = elements(info[1])
        if tag != 0xA0:
            raise ValueError("there are no attributes")
        extensions, seen = {}, []
        for attribute_tag, attribute in elements(attributes):
            (_, name), (_, values) = elements(attribute)
            seen.append(oid(name))
            if attribute_tag != SEQUENCE or seen[-1] != EXTENSION_REQUEST:
                continue
            for _, extension in elements(only(values, SEQUENCE)):
                (_, name), *critical, (tag, content) = elements(extension)
                if oid(name) in extensions or tag != OCTETS:
                    raise ValueError(f"the extension {oid(name)} is there twice, or is none")
                extensions[oid(name)] = (critical == [(0x01, b"\xff")], content)
        return cls(int.from_bytes(version, "big"), cls._subject(subject), seen, extensions, cls._names(extensions))

    @staticmethod
    def _subject(content):
        found = []
        for tag, rdn in elements(content):
            if tag != SET:
                raise ValueError("a relative name is no set")
            (_, pair), = elements(rdn)  # a second one would be `a+CN=b`
            (_, name), (tag, value) = elements(pair)
            found.append((ATTRIBUTES.get(oid(name), oid(name)), tag, text_of(tag, value)))
        return found

    @staticmethod
    def _names(extensions):
        if SUBJECT_ALT_NAME not in extensions:
            return []
        found = []
        for tag, content in elements(only(extensions[SUBJECT_ALT_NAME][1], SEQUENCE)):
            if tag == 0x82:  # [2] IMPLICIT IA5String
                found.append(("dns", IA5, content.decode("ascii")))
            elif tag == 0xA0:  # [0] { OBJECT IDENTIFIER, [0] EXPLICIT ANY }
                (_, name), (inner, value) = elements(content)
                (tag, text), = elements(value)
                kind = {SRV_NAME: "srv", XMPP_ADDR: "xmpp-addr"}.get(oid(name), oid(name))
                found.append((kind if inner == 0xA0 else "not explicit", tag, text_of(tag, text)))
            else:
                found.append((f"{tag:#x}", tag, content.hex()))
        return found

    def usages(self):
        """The purposes of extendedKeyUsage."""
        return [oid(each) for _, each in elements(only(self.extensions[EXTENDED_KEY_USAGE][1], SEQUENCE))]

    def key_usage(self):
        """The content of the BIT STRING keyUsage: the number of unused bits, then the bits."""
        return only(self.extensions[KEY_USAGE][1], 0x03)
