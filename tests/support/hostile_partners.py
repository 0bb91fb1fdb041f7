"""Partners that are made up by chance, with the most awkward values that the rules accept."""

import bad_inputs_fields

# What is accepted and shown harmlessly, and more of that kind.
TEXTS = (
    "", " ", "\n", "\t", "a\nb\tc", '"', "\\", "\\u0041", "/", "'", "''", "\u00fc", "u\u0308", "\U0001f600", "\U0010ffff", "\ufffd",
    "\ufeffx", "\u200b", "\u00ad", "\u00a0", "null", "[]", "{}", "//", "/* */", "#", ",", "=1+1", "%s%n", "{0}", "${HOME}", "$(id)",
    "\u4e16\u754c", "\u05e9\u05dc\u05d5\u05dd", "e" + "\u0301" * 50, "x" * 1024, "\U0001f600" * 1024, "]]>", "<!--", "\ufffe", "\uffff",
)
LABELS = ("b\u00fccher", "m\u00fcller", "ab--cd", "xn--bcher-kva", "a", "a" * 63, "0", "1a", "x-y", "\u4e16\u754c", "stra\u00dfe")
NEGOTIATIONS = (
    ("required", "required", True), ("required", "required", False), ("optional", "required", True), ("optional", "required", False),
    ("required", "optional", True), ("required", "optional", False), ("optional", "optional", True), ("optional", "optional", False),
    ("required", "not-supported", True), ("optional", "not-supported", True), ("not-supported", "not-supported", True),
)


def corpus_texts():
    """The descriptions that the corpus of bad inputs accepts."""
    texts = []
    for row in bad_inputs_fields.DESCRIPTION:
        for case in row.cases if row.item.startswith("Accepted") else ():
            texts += next(cell.cell_contents for cell in case.__closure__ if isinstance(cell.cell_contents, tuple))
    return texts


def partners(count, chance):
    """That many partners; their domains are all different, in any spelling."""
    texts = [*TEXTS, *corpus_texts()]
    made = []
    for number in range(count):
        zone = f"z{number}.example"
        domain = f"{chance.choice(LABELS)}.{zone}"
        tls, sasl, dialback = chance.choice(NEGOTIATIONS)
        text = texts[number] if number < len(texts) else "".join(chance.choices(texts, k=chance.randint(1, 4)))[:1024]
        partner = {
            "primary_domain": chance.choice((domain, domain.upper(), domain + ".")) if domain.isascii() else domain,
            "description": text,
            "additional_domains": [f"{chance.choice(LABELS[5:])}.n{each}.{zone}" for each in range(chance.choice((0, 0, 1, 3, 20)))],
            "type": chance.choice(("federated", "public-verified", "public-unverified")),
            "tls": tls, "sasl": sasl, "dialback": dialback,
            "proxy_fqdn": chance.choice((None, f"xmpp.{zone}", f"b\u00fccher.{zone}")),
            "connection_limit": chance.choice((None, 1, 4294967295, chance.randint(1, 4294967295))),
            "keepalive": chance.choice((True, False)),
            "accepted_warnings": chance.choice(([], ["domain-own"], ["domain-single-label", "dialback-unused"])), "enabled": chance.choice((True, False)),
        }
        for key in [key for key in partner if key != "primary_domain" and chance.random() < 0.1]:
            if key not in ("tls", "sasl", "dialback"):
                del partner[key]
        chance.shuffle(partner["additional_domains"]) if "additional_domains" in partner else None
        made.append(partner)
    chance.shuffle(made)
    return made
