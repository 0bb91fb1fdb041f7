"""Chains of certificates with one thing or two changed, made by python3-cryptography: a root, CAs below it, a server."""

import dataclasses
import datetime
import itertools

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SERVER, CLIENT = ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH
ANY, EMAIL = ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE, ExtendedKeyUsageOID.EMAIL_PROTECTION
USAGES = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
LONG_AGO, SINCE, UNTIL, FAR = (datetime.timedelta(days=n) for n in (-900, -30, 60, 900))
KEYS = {
    "P-256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "P-224": lambda: ec.generate_private_key(ec.SECP224R1()),
    "secp256k1": lambda: ec.generate_private_key(ec.SECP256K1()),
    "RSA-1024": lambda: rsa.generate_private_key(65537, 1024),
    "RSA-2048": lambda: rsa.generate_private_key(65537, 2048),
    "Ed25519": ed25519.Ed25519PrivateKey.generate,
    "DSA-2048": lambda: dsa.generate_private_key(2048),
}
_keys = {}


def key(kind, label=""):
    """A key of that kind, the same for the same label."""
    if (kind, label) not in _keys:
        _keys[kind, label] = KEYS[kind]()
    return _keys[kind, label]


def key_pem(private):
    return private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


@dataclasses.dataclass
class Node:
    """A certificate as it is wished for. What is None is not in it."""

    name: str
    key: str = "P-256"
    purposes: tuple = None
    usages: tuple = None
    constraints: tuple = None  # (is a CA, path length)
    since: datetime.timedelta = SINCE
    until: datetime.timedelta = UNTIL
    digest: type = hashes.SHA256
    extra: tuple = ()  # (extension, critical)
    names: tuple = ()

    def changed(self, **fields):
        return dataclasses.replace(self, **fields)


SERVER_NODE = Node("sip.contoso.com", purposes=(SERVER, CLIENT), usages=("digital_signature",), constraints=(False, None), names=("sip.contoso.com", "contoso.com"))
CA_NODE = Node("Issuing CA", usages=("key_cert_sign", "crl_sign"), constraints=(True, None), since=LONG_AGO, until=FAR)
ROOT_NODE = CA_NODE.changed(name="Root CA")


def made(node, issuer=None, label="", issuer_label=""):
    """The certificate of a node by another, or by itself. `label` tells keys of one name apart."""
    private = key(node.key, node.name + label)
    above = issuer or node
    signing = key(above.key, above.name + (issuer_label if issuer else label))
    now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, node.name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, above.name)]))
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + node.since)
        .not_valid_after(now + node.until)
    )
    for value, critical in extensions_of(node):
        builder = builder.add_extension(value, critical)
    digest = None if above.key == "Ed25519" else node.digest()
    return builder.sign(signing, digest)


def extensions_of(node):
    if node.constraints is not None:
        yield x509.BasicConstraints(*node.constraints), True
    if node.usages is not None:
        yield x509.KeyUsage(**{usage: usage in node.usages for usage in USAGES}), True
    if node.purposes is not None:
        yield x509.ExtendedKeyUsage(node.purposes), False
    if node.names:
        yield x509.SubjectAlternativeName([x509.DNSName(name) for name in node.names]), False
    yield from node.extra


@dataclasses.dataclass
class Case:
    """What is handed to a verifier: a certificate, those above it in the order of the file, and what is trusted."""

    label: str
    leaf: x509.Certificate
    above: tuple
    trusted: tuple
    leaf_key: str = "P-256"


def plain(label, leaf=SERVER_NODE, lower=CA_NODE, root=ROOT_NODE):
    return Case(label, made(leaf, lower), (made(lower, root),), (made(root),), leaf.key)


def cases():
    """All of them, by subject."""
    return itertools.chain(purposes(), issuers(), dates(), constraints(), keys(), forms(), orders(), lengths())


def purposes():
    kinds = {"none": None, "server": (SERVER,), "client": (CLIENT,), "both": (SERVER, CLIENT), "any": (ANY,), "e-mail": (EMAIL,), "server and any": (SERVER, ANY)}
    usages = {"none": None, "signature": ("digital_signature",), "signature and encipherment": ("digital_signature", "key_encipherment"), "encipherment": ("key_encipherment",), "non-repudiation": ("content_commitment",), "agreement": ("key_agreement",), "CRLs": ("crl_sign",)}
    for (purpose, oids), (usage, bits) in itertools.product(kinds.items(), usages.items()):
        yield plain(f"leaf: purposes {purpose}, usages {usage}", SERVER_NODE.changed(purposes=oids, usages=bits))


    for word, octets in (("client", b"\x07\x80"), ("server", b"\x06\x40"), ("both", b"\x06\xc0"), ("e-mail", b"\x05\x20")):
        netscape_type = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.16.840.1.113730.1.1"), b"\x03\x02" + octets)
        yield plain(f"leaf: Netscape certificate type {word}", SERVER_NODE.changed(extra=((netscape_type, False),)))
        yield plain(f"issuer: Netscape certificate type {word}", lower=CA_NODE.changed(extra=((netscape_type, False),)))


def issuers():
    kinds = {"none": None, "server": (SERVER,), "client": (CLIENT,), "both": (SERVER, CLIENT), "any": (ANY,), "e-mail": (EMAIL,)}
    for (lower, lower_oids), (root, root_oids) in itertools.product(kinds.items(), kinds.items()):
        yield plain(f"issuers: purposes {lower} below {root}", lower=CA_NODE.changed(purposes=lower_oids), root=ROOT_NODE.changed(purposes=root_oids))


def dates():
    spans = {"present": {}, "past": {"since": LONG_AGO, "until": SINCE}, "future": {"since": UNTIL, "until": FAR}}
    for (leaf, of_leaf), (lower, of_lower), (root, of_root) in itertools.product(spans.items(), spans.items(), spans.items()):
        yield plain(f"dates: {leaf}, {lower}, {root}", SERVER_NODE.changed(**of_leaf), CA_NODE.changed(**of_lower), ROOT_NODE.changed(**of_root))


def constraints():
    yield plain("issuer: no basic constraints", lower=CA_NODE.changed(constraints=None))
    yield plain("issuer: no CA", lower=CA_NODE.changed(constraints=(False, None)))
    yield plain("issuer: signs no certificates", lower=CA_NODE.changed(usages=("crl_sign",)))
    yield plain("issuer: no key usage", lower=CA_NODE.changed(usages=None))
    yield plain("leaf: is a CA", SERVER_NODE.changed(constraints=(True, None)))
    yield plain("leaf: no basic constraints", SERVER_NODE.changed(constraints=None))
    middle = CA_NODE.changed(name="Middle CA")
    for length in (0, 1):
        upper = middle.changed(constraints=(True, length))
        yield Case(f"path length {length} above one CA", made(SERVER_NODE, CA_NODE), (made(CA_NODE, upper), made(upper, ROOT_NODE)), (made(ROOT_NODE),))
    for label, permitted, excluded in (("permitted", ["contoso.com"], None), ("not permitted", ["fabrikam.com"], None), ("excluded", None, ["contoso.com"]), ("not excluded", None, ["fabrikam.com"])):
        subtrees = [[x509.DNSName(name) for name in names] if names else None for names in (permitted, excluded)]
        limit = ((x509.NameConstraints(*subtrees), True),)
        yield plain(f"names {label} by the issuer", lower=CA_NODE.changed(extra=limit))
        yield plain(f"names {label} by the root", root=ROOT_NODE.changed(extra=limit))


def keys():
    for kind in KEYS:
        yield plain(f"leaf: a key of {kind}", SERVER_NODE.changed(key=kind))
        if kind != "DSA-2048":
            yield plain(f"issuer: a key of {kind}", lower=CA_NODE.changed(key=kind))
            yield plain(f"root: a key of {kind}", root=ROOT_NODE.changed(key=kind))
    for digest in (hashes.SHA1, hashes.SHA224, hashes.SHA512):
        yield plain(f"leaf: signed by {digest.name}", SERVER_NODE.changed(digest=digest))
        yield plain(f"issuer: signed by {digest.name}", lower=CA_NODE.changed(digest=digest))
        yield plain(f"root: signed by {digest.name}", root=ROOT_NODE.changed(digest=digest))


def forms():
    unknown = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
    for critical, word in ((True, "critical"), (False, "plain")):
        yield plain(f"leaf: an unknown {word} extension", SERVER_NODE.changed(extra=((unknown, critical),)))
        yield plain(f"issuer: an unknown {word} extension", lower=CA_NODE.changed(extra=((unknown, critical),)))
        yield plain(f"root: an unknown {word} extension", root=ROOT_NODE.changed(extra=((unknown, critical),)))
    yield plain("leaf: a precertificate", SERVER_NODE.changed(extra=((x509.PrecertPoison(), True),)))
    yield plain("leaf: must-staple", SERVER_NODE.changed(extra=((x509.TLSFeature([x509.TLSFeatureType.status_request]), False),)))


def orders():
    expired = CA_NODE.changed(since=LONG_AGO, until=SINCE)
    for label, above in (("first", (expired, CA_NODE)), ("last", (CA_NODE, expired)), ("alone", (expired,))):
        yield Case(f"an expired issuer of the same key {label}", made(SERVER_NODE, CA_NODE), tuple(made(it, ROOT_NODE) for it in above), (made(ROOT_NODE),))
    other_root = ROOT_NODE.changed(name="Other Root")
    by_both = (made(CA_NODE, other_root), made(CA_NODE, ROOT_NODE))
    for label, above in (("trusted last", by_both), ("trusted first", by_both[::-1])):
        yield Case(f"a cross-signed issuer, the {label}", made(SERVER_NODE, CA_NODE), above, (made(ROOT_NODE),))
    yield Case("a cross-signed issuer, neither trusted", made(SERVER_NODE, CA_NODE), by_both, (made(ROOT_NODE.changed(name="Third Root")),))
    yield Case("no issuer", made(SERVER_NODE, CA_NODE), (), (made(ROOT_NODE),))
    yield Case("by the root", made(SERVER_NODE, ROOT_NODE), (), (made(ROOT_NODE),))
    yield Case("by a namesake of the issuer", made(SERVER_NODE, CA_NODE, issuer_label="'s namesake"), (made(CA_NODE, ROOT_NODE),), (made(ROOT_NODE),))
    yield Case("by itself", made(SERVER_NODE), (), (made(ROOT_NODE),))
    yield Case("by a root of the trusted one's name", made(SERVER_NODE, CA_NODE), (made(CA_NODE, ROOT_NODE, issuer_label="'s namesake"),), (made(ROOT_NODE),))
    renewed = made(ROOT_NODE, ROOT_NODE, label=", renewed")
    yield Case("a root's new key, signed by the old one", made(SERVER_NODE, ROOT_NODE, issuer_label=", renewed"), (renewed,), (made(ROOT_NODE),))


def lengths():
    for count in (2, 3, 5, 8):
        nodes = [CA_NODE.changed(name=f"CA {number}") for number in range(count)]
        above = [made(node, issuer) for node, issuer in zip(nodes, nodes[1:] + [ROOT_NODE])]
        yield Case(f"{count} CAs, from the lowest", made(SERVER_NODE, nodes[0]), tuple(above), (made(ROOT_NODE),))
        yield Case(f"{count} CAs, from the highest", made(SERVER_NODE, nodes[0]), tuple(above[::-1]), (made(ROOT_NODE),))
        yield Case(f"{count} CAs, one missing", made(SERVER_NODE, nodes[0]), tuple(above[:1] + above[2:]), (made(ROOT_NODE),))
