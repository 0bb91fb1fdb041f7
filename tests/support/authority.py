"""Certificate authorities made by the openssl command line, and what they issue: the certificates of the tests, each
with one thing wrong, or with nothing."""

import base64
import dataclasses
import datetime
import itertools
import re
import subprocess

import certificates
import process

# Nothing of the machine's own configuration has a say.
CONFIGURATION = """\
[ca]
default_ca = default
[default]
database = {folder}/index.txt
new_certs_dir = {folder}
rand_serial = yes
unique_subject = no
email_in_dn = no
policy = policy
[policy]
countryName = optional
stateOrProvinceName = optional
localityName = optional
organizationName = optional
organizationalUnitName = optional
commonName = optional
[req]
distinguished_name = empty
string_mask = utf8only
utf8 = yes
[empty]
"""

EC = ("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")
BOTH_USAGES = "serverAuth,clientAuth"
POISON = "1.3.6.1.4.1.11129.2.4.3"  # of a precertificate, RFC 6962


def rsa(bits):
    return ("-algorithm", "RSA", "-pkeyopt", f"rsa_keygen_bits:{bits}")


def openssl(*words):
    child = subprocess.run(["openssl", *map(str, words)], env=process.environment(), stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
    if child.returncode != 0:
        raise RuntimeError(f"openssl {words[0]} fails: {process.shown(child.stderr)}")
    return child.stdout


def now():
    return datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)


def days(number):
    return datetime.timedelta(days=number)


# --- encoding what openssl's configuration cannot say --------------------------------------------------


def der(tag, content):
    size = len(content)
    length = bytes([size]) if size < 0x80 else bytes([0x80 | (size.bit_length() + 7) // 8]) + size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag]) + length + content


def oid(text):
    first, second, *rest = map(int, text.split("."))
    octets = bytearray([40 * first + second])
    for number in rest:
        groups = [number & 0x7F]
        while number := number >> 7:
            groups.append(0x80 | number & 0x7F)
        octets += bytes(reversed(groups))
    return der(certificates.OID, bytes(octets))


def general_name(name):
    """A DNS name, or (type, value) for the other kinds."""
    kind, value = name if isinstance(name, tuple) else ("dns", name)
    octets = value if isinstance(value, bytes) else value.encode()
    if kind == "dns":
        return der(0x82, octets)
    identifier, tag = {"srv": (certificates.SRV_NAME, certificates.IA5), "xmpp-addr": (certificates.XMPP_ADDR, certificates.UTF8)}[kind]
    return der(0xA0, oid(identifier) + der(0xA0, der(tag, octets)))


def alternative_names(names):
    return der(certificates.SEQUENCE, b"".join(map(general_name, names)))


# --- authorities --------------------------------------------------------------------------------------


@dataclasses.dataclass
class Authority:
    """A CA in a folder of its own. `chain` is what stands above it: the authorities up to the root, itself first."""

    folder: object
    chain: list = dataclasses.field(default_factory=list)
    _numbers: object = dataclasses.field(default_factory=itertools.count)

    @property
    def certificate(self):
        return self.folder / "ca.pem"

    @property
    def key(self):
        return self.folder / "ca.key"

    def _sign(self, csr, extensions, start, end, digest, subject, issuer):
        target = self.folder / f"{next(self._numbers)}.pem"
        extension_file = self.folder / "extensions"
        extension_file.write_text("".join(f"{name} = {value}\n" for name, value in extensions.items()) or "# none\n")
        times = [f"{each:%Y%m%d%H%M%SZ}" if each.year < 2050 else f"{each:%Y%m%d%H%M%S}Z" for each in (start, end)]
        openssl("ca", "-batch", "-notext", "-preserveDN", "-utf8", "-config", self.folder / "ca.cnf", "-in", csr, "-out", target,
                "-extfile", extension_file, "-md", digest, "-startdate", times[0], "-enddate", times[1],
                *(["-subj", subject] if subject else []), *issuer)  # fmt: skip
        return target

    def issue(self, csr, names=None, start=None, end=None, digest="sha256", usages=BOTH_USAGES, constraints="critical,CA:FALSE", subject=None, more=None):
        """A certificate for a CSR, as a path: for the names of the CSR's extension unless others are named, from an hour
        ago and for ninety days. `more` are extensions by their names, as openssl.cnf has them."""
        start = start or now() - datetime.timedelta(hours=1)
        end = end or start + days(90) - datetime.timedelta(seconds=1)
        names = names if names is not None else [(kind, text) for kind, _, text in certificates.Csr.read(csr.read_text()).names]
        extensions = {"basicConstraints": constraints, **(more or {})}
        if names:
            extensions["subjectAltName"] = "DER:" + alternative_names(names).hex()
        if usages:
            extensions["extendedKeyUsage"] = usages
        return self._sign(csr, extensions, start, end, digest, subject, ["-cert", self.certificate, "-keyfile", self.key])

    def issue_for_key(self, algorithm, names, **options):
        """A certificate for a new key, which nobody asked for."""
        key = certificates.make_key(self.folder / f"{next(self._numbers)}.key", *algorithm)
        csr = key.with_suffix(".csr")
        openssl("req", "-new", "-key", key, "-subj", "/CN=somebody", "-config", self.folder / "ca.cnf", "-out", csr)
        return self.issue(csr, names, **options)

    def intermediate(self, folder, name, **options):
        """An authority below this one."""
        return make(folder, name, above=self, **options)

    def pem(self):
        return self.certificate.read_text()


def make(folder, name="Test Root", above=None, algorithm=EC, digest="sha256", start=None, end=None):
    """A new authority: a root, or one below `above`."""
    authority = Authority(folder)
    authority.chain = [authority, *(above.chain if above else [])]
    (folder / "index.txt").touch()
    (folder / "ca.cnf").write_text(CONFIGURATION.format(folder=folder))
    certificates.make_key(authority.key, *algorithm)
    csr = folder / "ca.csr"
    openssl("req", "-new", "-key", authority.key, "-subj", f"/O=Test/CN={name}", "-config", folder / "ca.cnf", "-out", csr)
    issuer = ["-cert", above.certificate, "-keyfile", above.key] if above else ["-selfsign", "-keyfile", authority.key]
    extensions = {"basicConstraints": "critical,CA:TRUE", "keyUsage": "critical,keyCertSign", "subjectKeyIdentifier": "hash"}
    signer = above or authority
    start = start or now() - days(30)
    signed = signer._sign(csr, extensions, start, end or start + days(3650), digest, None, issuer)
    authority.certificate.write_bytes(signed.read_bytes())
    return authority


# --- other forms --------------------------------------------------------------------------------------


def to_der(pem_text):
    block = re.search("-----BEGIN CERTIFICATE-----\n(.*?)-----END", pem_text, re.DOTALL)
    return base64.b64decode(block[1])


def bundle(path, *parts):
    """A file of several certificates one after the other."""
    path.write_text("".join(part if isinstance(part, str) else part.read_text() for part in parts))
    return path
