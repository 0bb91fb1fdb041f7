"""Rows of the bad-inputs test: the files, the subject and the names of a certificate request, and the edge it is for."""

import json
import os
import re
import subprocess

import process
from bad_inputs import row
from bad_inputs_manifest import NUL_IN_SUBJECT
from process import CONFLICT, DONE, FAILED, REFUSED, USAGE

REQUEST = ["cert", "request", "--curve", "P-256"]
EDGE = ["--access-edge", "sip.contoso.com", "--web-conferencing", "webcon.contoso.com", "--sip-domain", "contoso.com",
        "--organization", "Contoso", "--city", "Redmond", "--state", "Washington", "--country", "US"]


class Desk:
    """A directory with a store that has an edge, in which requests are made."""

    def __init__(self, bench, name):
        self.bench, self.name = bench, name
        self.folder = bench.scratch.folder()
        self.store = process.copy_store(bench.prepared, self.folder / "store.db")
        result = process.run("edge", "set", *EDGE, store=self.store)
        bench.check(result.code == DONE, f"{name}: the edge is set: {result}")

    def listing(self):
        """Every name below the directory beside the store, with what it is: the target of a link, the bytes of a file."""
        found = {}
        for path in sorted(set(self.folder.rglob("*")) - {self.store}):
            value = os.readlink(path) if path.is_symlink() else None if path.is_dir() else path.read_bytes()
            found[str(path.relative_to(self.folder))] = value
        return found

    def refused(self, words, code, says, field=None, rule=None, label=""):
        """Neither the store nor any file has changed, and none is there that was not."""
        name = f"{self.name} ({label or ' '.join(process.shown(word, 40) for word in words)})"
        before = self.listing()
        for options in ([], ["--dry-run"]):
            label = f"{name} {options[0]}" if options else name
            # A key that is about to be made is noted for a while, which the pages remember.
            self.bench.refused(label, [*words, *options], code, says, field, rule, self.store, look=process.content)
        self.bench.check(self.listing() == before, f"{name}: no file is made or changed")

    def accepted(self, words):
        """The request as JSON."""
        result = process.run(*words, "-o", "json", store=self.store, cwd=self.folder)
        self.bench.sound(self.name, result)
        self.bench.check(result.code == DONE, f"{self.name}: is accepted: {result}")
        check = process.run("store", "check", store=self.store)
        self.bench.check(check.code == DONE, f"{self.name}: the store is sound: {check}")
        return json.loads(result.out)["request"] if result.code == DONE else None


def openssl(csr, *options):
    """What an independent program reads in a CSR."""
    words = ["openssl", "req", "-noout", "-verify", *options]
    return subprocess.run(words, input=csr.encode(), capture_output=True, timeout=60).stdout.decode()


# --- paths --------------------------------------------------------------------------------------------


def taken_path(make):
    """A name that is taken by something, which `make` puts into the directory: for either file of a request, and for a
    backup. Links are not followed, also with --force."""

    def case(bench, name):
        for option, other, hint in (("--out", "--key-out", "--out"), ("--key-out", "--out", "--key-out")):
            desk = Desk(bench, name)
            target = make(desk.folder)
            words = [*REQUEST, option, target, other, desk.folder / "other"]
            desk.refused(words, CONFLICT, [target.name, "exists"], label=option)
            result = process.run(*words, store=desk.store)
            bench.check(hint in result.err.decode(), f"{name}: the hint names {hint}: {result}")
            if target.is_symlink() or target.is_dir() or option == "--key-out":
                desk.refused([*words, "--force"], CONFLICT, [target.name, "exists"], label=f"{option} with --force")
        desk = Desk(bench, name)
        backup_refused(desk, make(desk.folder), CONFLICT, ["taken", "exists"])

    return case


def backup_refused(desk, target, code, says):
    before = desk.listing()
    desk.bench.refused(f"{desk.name} (store backup)", ["store", "backup", target], code, says, store=desk.store)
    desk.bench.check(desk.listing() == before, f"{desk.name}: no backup is left behind")


def _file(folder):
    (folder / "taken").write_text("precious")
    return folder / "taken"


def _link(folder):
    _file(folder).rename(folder / "target")
    (folder / "taken").symlink_to("target")
    return folder / "taken"


def _dangling_link(folder):
    (folder / "taken").symlink_to("nowhere")
    return folder / "taken"


def _directory(folder):
    (folder / "taken").mkdir()
    return folder / "taken"


def forced_csr(bench, name):
    """With --force a CSR may be replaced; a key, or anything else, never."""
    desk = Desk(bench, name)
    csr = desk.folder / "csr"
    desk.accepted([*REQUEST, "--out", csr, "--key-out", desk.folder / "key"])
    before = csr.read_bytes()
    desk.accepted([*REQUEST, "--out", csr, "--key-out", desk.folder / "another-key", "--force"])
    bench.check(b"CERTIFICATE REQUEST" in csr.read_bytes() != before, f"{name}: --force replaces a CSR")
    words = [*REQUEST, "--force", "--key-out", desk.folder / "third-key", "--out"]
    for taken in (_file(desk.folder), desk.folder / "key"):
        desk.refused([*words, taken], CONFLICT, [taken.name, "exists"], label=f"--force --out {taken.name}")


def full_device(bench, name):
    for option, other in (("--out", "--key-out"), ("--key-out", "--out")):
        desk = Desk(bench, name)
        desk.refused([*REQUEST, option, "/dev/full", other, desk.folder / "other"], CONFLICT, ["/dev/full", "exists"])
    desk = Desk(bench, name)
    backup_refused(desk, "/dev/full", CONFLICT, ["/dev/full", "exists"])
    # As the standard output that the CSR goes to: the request has failed, or is recorded and the message says so.
    desk = Desk(bench, name)
    with open("/dev/full", "wb") as full:
        words = [*REQUEST, "--out", "-", "--key-out", desk.folder / "key"]
        result = process.run(*words, store=desk.store, stdout=full)
    bench.check(result.code == FAILED and b"standard output" in result.err, f"{name}: exits {FAILED}: {result}")
    recorded = len(json.loads(process.run("cert", "list", "-o", "json", store=desk.store).out)["requests"])
    told = b"committed" in result.err
    bench.check((recorded == 1) == told, f"{name}: the message tells whether it is recorded ({recorded}): {result}")
    bench.check((desk.folder / "key").exists() == (recorded == 1), f"{name}: there is a key where there is a request")


def missing_parent(bench, name):
    for option, other in (("--out", "--key-out"), ("--key-out", "--out")):
        desk = Desk(bench, name)
        words = [*REQUEST, option, desk.folder / "none" / "file", other, desk.folder / "other"]
        result = process.run(*words, store=desk.store)
        bench.check_error(f"{name} ({option})", result, FAILED, ["none/file"])
        bench.check(process.content(desk.store)["cert_request"] == [], f"{name}: no request is recorded")
        left = set(desk.listing())
        bench.check(not left, f"{name}: no file is left behind: {left}")
    desk = Desk(bench, name)
    backup_refused(desk, desk.folder / "none" / "copy.db", FAILED, ["none/copy.db"])


def unwritable_parent(bench, name):
    for words in ([*REQUEST, "--out"], [*REQUEST, "--key-out"], ["store", "backup"]):
        desk = Desk(bench, name)
        target = desk.folder / "closed" / "file"
        target.parent.mkdir(mode=0o555)
        rest = []
        if words[0] == "cert":
            rest = ["--key-out" if words[-1] == "--out" else "--out", desk.folder / "other"]
        process.give_to_nobody(desk.folder, desk.store)
        result = process.run_as_nobody(*words, target, *rest, store=desk.store)
        bench.check_error(f"{name} ({words[-1]})", result, FAILED, ["closed/file"])
        left = sorted(desk.listing())
        bench.check(left == ["closed"], f"{name}: no file is left behind: {left}")
        bench.check(process.content(desk.store)["cert_request"] == [], f"{name}: no request is recorded")


def same_path_twice(bench, name):
    desk = Desk(bench, name)
    inner = desk.folder / "inner"
    inner.mkdir()
    (desk.folder / "alias").symlink_to("inner")
    desk.refused([*REQUEST, "--out", inner / "file", "--key-out", inner / "file"], USAGE, ["CSR", "key", "file"])
    # Spelled in two ways; nobody can tell before one of them is there.
    for other in (f"{inner}/./file", f"{inner}/../inner/file", desk.folder / "alias" / "file", f"{inner}//file"):
        for out, key in ((inner / "file", other), (other, inner / "file")):
            result = process.run(*REQUEST, "--out", out, "--key-out", key, store=desk.store)
            label = f"{name} ({out} and {key})"
            bench.sound(label, result)
            bench.check(result.code in (USAGE, CONFLICT), f"{label}: exits {USAGE} or {CONFLICT}: {result}")
            bench.check(not os.listdir(inner), f"{label}: no file is left behind: {os.listdir(inner)}")
            bench.check(process.content(desk.store)["cert_request"] == [], f"{label}: no request is recorded")


def store_itself(bench, name):
    """Also its journal, which the commit of the request would write over and delete."""
    for suffix in ("", "-journal"):
        for option, other in (("--out", "--key-out"), ("--key-out", "--out")):
            for force in ([], ["--force"]):
                desk = Desk(bench, name)
                before = process.content(desk.store)
                target = f"{desk.store}{suffix}"
                result = process.run(*REQUEST, option, target, other, desk.folder / "other", *force, store=desk.store)
                label = f"{name} ({option} STORE{suffix} {' '.join(force)})"
                bench.check_error(label, result, USAGE if result.code == USAGE else CONFLICT, ["store.db"])
                bench.check(process.content(desk.store) == before, f"{label}: the store has not changed")
                bench.check(not desk.listing(), f"{label}: no file is left behind")
    for suffix in ("", "-journal"):
        desk = Desk(bench, name)
        target = f"{desk.store}{suffix}"
        result = process.run("store", "backup", target, store=desk.store)
        label = f"{name} (store backup STORE{suffix})"
        bench.check_error(label, result, USAGE if result.code == USAGE else CONFLICT, ["store.db"])
        bench.check(not desk.listing(), f"{label}: no file is left behind")


def standard_output(bench, name):
    desk = Desk(bench, name)
    result = process.run(*REQUEST, "--out", "-", "--key-out", desk.folder / "key", "--quiet", store=desk.store,
                         cwd=desk.folder)
    bench.sound(name, result)
    bench.check(result.code == DONE, f"{name}: accepted for the CSR: {result}")
    pem = re.fullmatch(r"-----BEGIN CERTIFICATE REQUEST-----\n.*-----END CERTIFICATE REQUEST-----\n",
                       result.out.decode(), re.DOTALL)
    bench.check(pem, f"{name}: the CSR is all of stdout: {result}")
    bench.check("sip.contoso.com" in openssl(result.out.decode(), "-text"), f"{name}: openssl can read it")
    bench.check(list(desk.listing()) == ["key"], f"{name}: only the key is a file")
    mode = (desk.folder / "key").stat().st_mode & 0o7777
    bench.check(mode == 0o600, f"{name}: the key is its owner's alone: {mode:o}")
    desk = Desk(bench, name)
    desk.refused([*REQUEST, "--key-out", "-", "--out", desk.folder / "csr"], USAGE, ["private key", "standard output"])


PATHS = [
    row("Paths", "`--out` or `--key-out` that exists", taken_path(_file), forced_csr),
    row("Paths", "a symbolic link", taken_path(_link)),
    row("Paths", "a dangling link", taken_path(_dangling_link)),
    row("Paths", "a directory", taken_path(_directory)),
    row("Paths", "`/dev/full`", full_device),
    row("Paths", "missing parent", missing_parent),
    row("Paths", "unwritable parent", unwritable_parent),
    row("Paths", "the same path twice", same_path_twice),
    row("Paths", "the store itself", store_itself),
    row("Paths", "`-` for stdout (accepted for the CSR, refused for the key)", standard_output),
]

# --- subject fields -----------------------------------------------------------------------------------


def bad_subject(option, field, key, *texts, of_edge=True):
    """Refused by a request, and by the edge that it would be taken from."""

    def case(bench, name):
        desk = Desk(bench, name)
        files = ["--out", desk.folder / "csr", "--key-out", desk.folder / "key"]
        for text in texts:
            desk.refused([*REQUEST, *files, option, text], REFUSED, [field], key, "subject-invalid")
            if of_edge:
                desk.refused(["edge", "set", option, text], REFUSED, [field], key, "subject-invalid")

    return case


def nul_in_subject(bench, name):
    """No command line carries one: it is written past the program."""
    for key, field in (("organization", "organization"), ("organizational_unit", "organizational unit"), ("city", "city"),
                       ("state", "state")):
        desk = Desk(bench, name)
        process.edit_database(desk.store, (f"UPDATE edge SET {key} = ?", ("Con\0toso",)))
        words = [*REQUEST, "--out", desk.folder / "csr", "--key-out", desk.folder / "key"]
        desk.refused(words, REFUSED, [field, "control character"], key, "subject-invalid")


def literal_subject(bench, name):
    desk = Desk(bench, name)
    wanted = {"O": "a/O=evil", "OU": "a+CN=b", "L": "#0403", "ST": 'x, CN=y "z" \\2C <>;='}
    result = process.run("edge", "set", "--organization", wanted["O"], "--city", wanted["L"], store=desk.store)
    bench.check(result.code == DONE, f"{name}: the edge takes them: {result}")
    request = desk.accepted([*REQUEST, "--organizational-unit", wanted["OU"], "--state", wanted["ST"]])
    if request is None:
        return
    wanted |= {"C": "US", "CN": "sip.contoso.com"}
    bench.check(request["subject"] == wanted, f"{name}: the subject is {wanted}, not {request['subject']}")
    names = {"C": "countryName", "ST": "stateOrProvinceName", "L": "localityName", "O": "organizationName",
             "OU": "organizationalUnitName", "CN": "commonName"}
    read = re.findall(r"^ +(\w+) += (.*)$", openssl(request["csr"], "-subject", "-nameopt", "multiline,utf8,-esc_msb"),
                      re.MULTILINE)
    read = [(key, value.replace("\\\\", "\\")) for key, value in read]  # openssl escapes it
    expected = [(names[key], wanted[key]) for key in ("C", "ST", "L", "O", "OU", "CN")]
    bench.check(read == expected, f"{name}: openssl reads {expected}, not {read}")


SUBJECTS = [
    row("Subject fields", "CN of 65 octets",
        bad_subject("--common-name", "common name", "common_name", "a" * 65, "host." * 12 + "com.x", of_edge=False)),
    row("Subject fields", "`C=USA`", bad_subject("--country", "country", "country", "USA", "840", "U", "U ")),
    row("Subject fields", "`C=xx`", bad_subject("--country", "country", "country", "xx", "XX", "zz", "uk", "eu")),
    row("Subject fields", "O of 65 characters", bad_subject("--organization", "organization", "organization", "a" * 65,
                                                            "\u00fc" * 65),
        bad_subject("--organizational-unit", "organizational unit", "organizational_unit", "a" * 65)),
    row("Subject fields", "L of 129", bad_subject("--city", "city", "city", "a" * 129, "\u00fc" * 129),
        bad_subject("--state", "state", "state", "a" * 129)),
    row("Subject fields", "NUL", nul_in_subject, NUL_IN_SUBJECT),
    row("Subject fields", "`a/O=evil`, `a+CN=b`, `#0403` are taken literally", literal_subject),
]

# --- subject alternative names ------------------------------------------------------------------------


def bad_san(text):
    def case(bench, name):
        desk = Desk(bench, name)
        (desk.folder / "names").write_text(f"im.contoso.com\n{text}\n")
        files = ["--out", desk.folder / "csr", "--key-out", desk.folder / "key"]
        for words in (["--san", text], ["--san", "im.contoso.com", "--san", text], ["--san-file", desk.folder / "names"]):
            desk.refused([*REQUEST, *files, *words], REFUSED, ["additional name", text], "names", "domain-invalid")

    return case


def unicode_san(bench, name):
    desk = Desk(bench, name)
    request = desk.accepted([*REQUEST, "--san", "b\u00fccher.contoso.com", "--san", "*.B\u00dcCHER.contoso.com"])
    if request is None:
        return
    text = openssl(request["csr"], "-text")
    for wanted in ("xn--bcher-kva.contoso.com", "*.xn--bcher-kva.contoso.com"):
        bench.check({"type": "dns", "value": wanted, "source": "additional"} in request["names"], f"{name}: {wanted}")
        bench.check(f"DNS:{wanted}" in text, f"{name}: openssl reads {wanted}: {text}")
    bench.check(request["csr"].isascii() and "\u00fc" not in text, f"{name}: nothing else is in the CSR: {text}")


def many_sans(bench, name):
    desk = Desk(bench, name)
    names = [f"host{number}.contoso.com" for number in range(10_000)]
    (desk.folder / "names").write_text("\n".join(names))
    request = desk.accepted([*REQUEST, "--san-file", desk.folder / "names"])
    if request is None:
        return
    added = [found["value"] for found in request["names"] if found["source"] == "additional"]
    bench.check(added == names, f"{name}: all are recorded, in order: {len(added)}")
    read = re.findall(r"DNS:(host\d+\.contoso\.com)", openssl(request["csr"], "-text"))
    bench.check(read == names, f"{name}: openssl reads all of them: {len(read)}")


SANS = [
    row("SANs", "`DNS:a,DNS:b`", bad_san("DNS:a,DNS:b")),
    row("SANs", "`otherName:1.2;UTF8:x`", bad_san("otherName:1.2;UTF8:x")),
    row("SANs", "`IP:192.0.2.1`", bad_san("IP:192.0.2.1"), bad_san("192.0.2.1")),
    row("SANs", "a U-label (accepted, encoded as A-label)", unicode_san),
    row("SANs", "10,000 names (accepted)", many_sans),
]

ROWS = [*PATHS, *SUBJECTS, *SANS]
