"""Rows of the bad-inputs test: what is wrong with a manifest, and with values that only a manifest can carry."""

import os

import manifests
import process
from bad_inputs import row
from process import DONE, FAILED, REFUSED

HEAD = '{"format_version": "1.0", "kind": "manifest", "partners": ['
TAIL = "]}"


def of_partner(members):
    """A manifest whose one partner has these members beside its domain."""
    return f'{HEAD}{{"primary_domain": "new.example", {members}}}{TAIL}'


def bad_manifest(*contents, says=(), field=None, rule="manifest-invalid"):
    """Each is refused by `apply` with a message that names file and line, and by `plan` and `partner validate` too."""

    def case(bench, name):
        for content in contents:
            path = manifests.written(bench.scratch.folder(), content)
            label = f"{name} ({process.shown(content, 60)})"
            bench.refused(label, ["apply", "--file", path], REFUSED, [f"{path}:", f"[{rule}]", *says], field, rule)
            store = bench.store()
            before = process.raw(store)
            for words in (["plan"], ["partner", "validate"]):
                result = process.run(*words, "--file", path, store=store)
                bench.sound(label, result)
                bench.check(result.code == REFUSED, f"{label}: `{' '.join(words)}` exits {REFUSED}: {result}")
                shown = (result.out + result.err).decode(errors="replace")
                bench.check(f"{path}:" in shown and f"[{rule}]" in shown, f"{label}: and says where and why: {result}")
            bench.unchanged(label, store, before)
            missing = bench.missing()
            result = process.run("apply", "--file", path, store=missing)
            bench.check(result.code == REFUSED, f"{label}: exits {REFUSED} without a store too: {result}")
            bench.check(not missing.parent.exists(), f"{label}: a refusal leaves no store behind")

    return case


def good_manifest(content, domain):
    def case(bench, name):
        path = manifests.written(bench.scratch.folder(), content)
        store = bench.accepted(name, ["apply", "--file", path])
        bench.check(domain in bench.primaries(store), f"{name}: {domain} is committed")

    return case


def truncated(bench, name):
    """No beginning of a manifest is one, as a document and as a line."""
    whole = of_partner('"description": "\u00fc\\n", "connection_limit": 10').encode()
    line = b'{"primary_domain": "new.example", "enabled": true, "description": "\xf0\x9f\x98\x80"}'
    store = bench.store()
    before = process.raw(store)
    folder = bench.scratch.folder()
    for text in (whole, line):
        for length in range(len(text)):
            path = manifests.written(folder, text[:length])
            result = process.run("apply", "--file", path, store=store)
            bench.sound(name, result)
            said = f"{path}:1:" in result.err.decode() and "[manifest-invalid]" in result.err.decode()
            bench.check(result.code == REFUSED and said, f"{name}: {length} bytes of {len(text)}: {result}")
        bench.accepted(name, ["apply", "--file", manifests.written(folder, text)])
    bench.unchanged(name, store, before)


def not_a_file(make, says):
    """What stands where the manifest should be is no file with an end: it cannot be read, and no rule speaks."""

    def case(bench, name):
        path = bench.scratch.folder() / "partners.json"
        make(path)
        bench.refused(name, ["apply", "--wait", "0", "--file", path], FAILED, [str(path), says])
        for words in (["plan"], ["partner", "validate"]):
            result = process.run(*words, "--wait", "0", "--file", path, store=bench.missing(), timeout=60)
            bench.check(result.code == FAILED, f"{name}: `{' '.join(words)}` exits {FAILED}: {result}")

    return case


def sasl_without_tls(bench, name):
    """By what a manifest says, by a default beside it, and by a default in place of what was stored."""
    rule, says = "sasl-requires-tls", ["SASL", "TLS"]
    for members in ('"tls": "not-supported"', '"tls": "not-supported", "sasl": "optional", "dialback": true',
                    '"tls": "NotSupported", "sasl": "required"'):
        bad_manifest(of_partner(members), says=says, field="sasl", rule=rule)(bench, name)
    # litwareinc.com has neither TLS nor SASL; a manifest that leaves SASL out asks for it.
    stored = manifests.document(manifests.partner("litwareinc.com", tls="not-supported", dialback=True))
    bad_manifest(stored, says=says, field="sasl", rule=rule)(bench, name)
    good = manifests.document(manifests.partner("litwareinc.com", dialback=True))
    path = manifests.written(bench.scratch.folder(), good)
    result = process.run("apply", "--file", path, store=bench.store())
    bench.check(result.code == DONE, f"{name}: with TLS it is accepted: {result}")


NUL_IN_DOMAIN = bad_manifest(
    f'{HEAD}{{"primary_domain": "new\\u0000.example"}}{TAIL}', f'{HEAD}{{"primary_domain": "new.example\\u0000"}}{TAIL}',
    says=["primary domain", "U+0000"], field="primary_domain", rule="domain-invalid")
NUL_IN_DESCRIPTION = bad_manifest(of_partner('"description": "a\\u0000b"'), says=["description", "U+0000"],
                                  field="description", rule="description-invalid")
LONG_DESCRIPTION = bad_manifest(
    of_partner(f'"description": "{"a" * (1 << 20)}"'), says=["description", "1048576"], field="description",
    rule="description-invalid")
NUL_IN_SUBJECT = bad_manifest(
    manifests.document(edge={"access_edge": "sip.contoso.com", "organization": "Contoso\0Ltd"}), says=["organization"],
    field="organization", rule="subject-invalid")

ROWS = [
    row("Manifest", '`"tls"` twice',
        bad_manifest(of_partner('"tls": "required", "tls": "optional"'), of_partner('"tls": "required", "tls": "required"'),
                     says=["'tls'", "repeated"])),
    row("Manifest", '`"tls"` and `"\\u0074ls"`',
        bad_manifest(of_partner('"tls": "required", "\\u0074ls": "optional"'), of_partner('"t\\u006cs": "required", "tls": null'),
                     says=["'tls'", "repeated"])),
    row("Manifest", "100,000 `[`",
        bad_manifest("[" * 100_000, of_partner('"tls": ' + "[" * 100_000), '{"a":' * 100_000, says=["32"])),
    row("Manifest", "18446744073709551616",
        bad_manifest(of_partner('"connection_limit": 18446744073709551616'),
                     of_partner('"connection_limit": -18446744073709551616'), says=["connection limit"],
                     field="connection_limit", rule="value-out-of-range")),
    row("Manifest", "1e400",
        bad_manifest(of_partner('"connection_limit": 1e400'), of_partner('"connection_limit": -1e400'),
                     says=["too large"])),
    row("Manifest", "NaN", bad_manifest(*(of_partner(f'"connection_limit": {n}') for n in ("NaN", "Infinity", "-Infinity")))),
    row("Manifest", "a comment",
        bad_manifest(*(of_partner(f'"tls": "required" {comment}') for comment in ("// why", "/* why */", "# why")),
                     "// why\n" + of_partner('"tls": "required"'), of_partner('"tls": "required"') + "\n# why")),
    row("Manifest", "a trailing comma",
        bad_manifest(of_partner('"tls": "required",'), f'{HEAD}{{"primary_domain": "new.example"}},{TAIL}',
                     of_partner('"additional_domains": ["a.new.example",]'))),
    row("Manifest", "BOM (accepted)",
        good_manifest(b"\xef\xbb\xbf" + of_partner('"type": "federated"').encode(), "new.example"),
        good_manifest(b'\xef\xbb\xbf{"primary_domain": "new.example"}', "new.example")),
    row("Manifest", "UTF-16",
        bad_manifest(*(of_partner('"type": "federated"').encode(encoding)
                       for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")),
                     says=["UTF-8"])),
    row("Manifest", "`{} {}`",
        bad_manifest("{} {}", of_partner('"tls": "required"') * 2, of_partner('"tls": "required"') + " {}",
                     '{"primary_domain": "new.example"} {"primary_domain": "other.example"}')),
    row("Manifest", "`\\ud800`",
        bad_manifest(*(of_partner(f'"description": "{text}"')
                       for text in ("\\ud800", "\\udc00", "\\ud800\\ud800", "\\udc00\\ud800", "\\ud800x")))),
    row("Manifest", "an unknown key",
        bad_manifest(of_partner('"tsl": "required"'), says=["'tsl'", "unknown"]),
        bad_manifest(*(of_partner(f'"{key}": 1') for key in ("revision", "created_at", "updated_at", "methods", "", "TLS")),
                     '{"format_version": "1.0", "kind": "manifest", "partner": []}', says=["unknown"])),
    row("Manifest", "truncated at every byte", truncated),
    row("Manifest", "another `format_version` major",
        bad_manifest(*(of_partner('"tls": "required"').replace("1.0", version) for version in ("2.0", "0.9", "10.0", "")),
                     of_partner('"tls": "required"').replace('"1.0"', "1.0"), says=["format_version"])),
    row("Manifest", "an empty file", bad_manifest("", " ", "\n\n\t", b"\xef\xbb\xbf", says=["empty"])),
    row("Manifest", "a directory", not_a_file(lambda path: path.mkdir(), "Is a directory")),
    row("Manifest", "a FIFO that never speaks", not_a_file(os.mkfifo, "named pipe")),
]
