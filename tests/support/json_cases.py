"""What a reader of JSON must refuse and accept (RFC 8259), as manifests.

A caret (U+2038) stands before the character that the finding must point at, and is taken out before the manifest is
written. Where JSON is broken that is the character that was read last. Bytes that are no UTF-8 are written as Python's surrogate escapes: "\\udcff" is the byte FF.
"""

CARET = "\u2038"
HEAD = '{"format_version":"1.0","kind":"manifest","partners":[\n'
TAIL = "\n]}\n"


def described(text):
    """A line whose description is this JSON value."""
    return f'{{"primary_domain":"a.example","description":{text}}}'


def limited(text):
    return f'{{"primary_domain":"a.example","connection_limit":{text}}}'


def domains(text):
    return f'{{"primary_domain":"a.example","additional_domains":{text}}}'


def partners(text):
    return HEAD + text + TAIL


def place_of(text):
    """Line and column of the caret, or None without one."""
    if CARET not in text:
        return None
    before = text[: text.index(CARET)]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def octets_of(text):
    return text.replace(CARET, "").encode("utf-8", "surrogateescape")


# --- no JSON at all, or broken ------------------------------------------------------------------------

NUMBERS = (
    "01‸", "00‸", "-01‸", "‸+1", "‸.5", "-‸.5", "1.‸}", "1.‸e5", "1e‸}", "1e+‸}", "1E-‸}", "-‸}", "-‸ 1", "-‸-1", "0‸x10", "0‸b1",
    "1‸_000", "1 0‸00", "1e‸ 5", "1.5‸.5", "1f‸", "1‸L", "0‸o7", "‸\uff11", "1‸\u0661", "‸\u221e", "‸NaN", "‸Infinity",
    "-‸Infinity", "n‸an", "‸inf", "-‸NaN", "1e400‸", "-1e400‸", "1e99999999999‸", "1" + "0" * 400 + "‸",
)
LITERALS = (
    "t‸True", "‸True", "‸TRUE", "n‸", "tru‸", "true‸e", "nul‸", "‸None", "‸undefined", "fals‸", "true1‸", "nullnul‸l",
    "‸'x'", "‸x", "‸$id", "‸`x`", "‸\u201cx\u201d", "‸", "‸,", "‸;", "‸=1", "‸(1)", "‸<1>", "‸@x", "‸\\u0031", "‸\\\"x\"",
)
STRINGS = (
    '"‸', '"x‸', '"x\\‸', '"\\‸x"', '"\\‸\'"', '"\\‸a"', '"\\‸v"', '"\\‸0"', '"\\‸ "', '"\\‸U0041"', '"\\u‸"', '"\\u0‸"', '"\\u00‸"',
    '"\\u004‸"', '"\\u00‸g1"', '"\\u‸ 041"', '"\\u‸+041"', '"\\u‸{41}"', '"\\ud800‸"', '"\\ud800‸x"', '"\\ud800\\‸n"',
    '"\\ud800\\u004‸1"', '"\\ud800\\ud80‸0"', '"\\udc0‸0"', '"\\udff‸f"', '"\\udc0‸0\\ud800"', '"\\uD83D\\‸"', '"\\uD83D\\u‸"',
    '"a‸\n"', '"a‸\t"', '"a‸\r"', '"‸\x00"', '"‸\x01"', '"‸\x1f"', '"‸\x1b[31m"', '"a" "b‸"', '"a" ‸+ "b"', '"a"‸b', '"\\‸\u00fc"',
)
BAD_UTF8 = (
    "\udc80", "\udcbf", "\udcc0\udc80", "\udcc1\udcbf", "\udcc3", "\udcc3(", "\udce0\udc80\udc80", "\udce2\udc82",
    "\udced\udca0\udc80", "\udced\udcb0\udc80", "\udcf0\udc80\udc80\udc80", "\udcf4\udc90\udc80\udc80",
    "\udcf5\udc80\udc80\udc80", "\udcf8\udc88\udc80\udc80\udc80", "\udcfe", "\udcff", "\udce9",
)
STRUCTURES = (
    "‸{", '{"primary_domain‸"', '{"primary_domain"‸:', '{"primary_domain":"a.example‸"', '{"primary_domain":"a.example"‸,',
    '{"primary_domain":"a.example",‸}', '{‸,"primary_domain":"a.example"}', '{"primary_domain":"a.example",‸,"tls":null}',
    '{"primary_domain" "a.example‸"}', '{"primary_domain"‸="a.example"}', '{"primary_domain":‸:"a.example"}',
    '{"primary_domain"‸,"a.example"}', '{‸primary_domain:"a.example"}', "{‸'primary_domain':\"a.example\"}", "{1‸:2}",
    "{nul‸l:1}", '{‸["a"]:1}', "{‸{}:1}", '{"primary_domain":"a.example" "tls‸":"required"}', '{"primary_domain":"a.example"‸;}',
    '{"primary_domain":"a.example"‸]', '{"primary_domain":"a.example"‸)', "{‸]", "[‸}", "‸}", "‸]", "‸,", "‸:",
    '‸/* why */ {"primary_domain":"a.example"}', '‸// why\n{"primary_domain":"a.example"}', '‸# why\n{"primary_domain":"a.example"}',
    '{"primary_domain":"a.example" ‸/* why */}', '{‸// why\n"primary_domain":"a.example"}', '{"primary_domain":"a.example"}\n‸# why',
    '{"primary_domain":"a.example"}\n‸/* why */', '‸\ufeff\ufeff{"primary_domain":"a.example"}', '‸\u00a0{"primary_domain":"a.example"}',
    '‸\x0b{"primary_domain":"a.example"}', '‸\x0c{"primary_domain":"a.example"}', '{‸\u2028"primary_domain":"a.example"}',
    '{"primary_domain":"a.example"‸\x00}', '{"primary_domain":"a.example"}\n‸\x00', '-‸-- !yaml', "‸a = 1", "‸<a/>", '‸"',
)
LISTS = (
    '["a.a.example",‸]', "[‸,]", '[‸,"a.a.example"]', '["a.a.example",‸,"b.a.example"]', '["a.a.example" "b.a.example‸"]',
    '["a.a.example"‸:1]', '["a.a.example"‸}', "[‸a]", "[1 2‸]", "[]‸]", '["a.a.example"‸;"b.a.example"]',
)
BROKEN = (
    *map(limited, NUMBERS), *map(described, LITERALS), *map(described, STRINGS),
    *(described(f'"a{octets}"') for octets in BAD_UTF8), *STRUCTURES, *map(domains, LISTS),
)

# --- JSON, and no manifest ----------------------------------------------------------------------------

NO_MANIFEST = (
    "", " \n\t\r\n ", "\ufeff", "‸[]", '‸[{"primary_domain":"a.example"}]', "‸null", "‸true", "‸0", '‸"a.example"', "‸{}", "‸{} {}",
    '‸{"kind":"manifest","partners":[]}', '‸{"format_version":"1.0","partners":[]}', '‸{"partners":[]}',
    '{"format_version":‸"2.0","kind":"manifest"}', '{"format_version":‸"0.1","kind":"manifest"}',
    '{"format_version":‸"1","kind":"manifest"}', '{"format_version":‸"1.","kind":"manifest"}',
    '{"format_version":‸"1.0 ","kind":"manifest"}', '{"format_version":‸"1.x","kind":"manifest"}',
    '{"format_version":‸"11.0","kind":"manifest"}', '{"format_version":‸"","kind":"manifest"}',
    '{"format_version":‸1,"kind":"manifest"}', '{"format_version":‸1.0,"kind":"manifest"}',
    '{"format_version":‸null,"kind":"manifest"}', '{"format_version":‸["1.0"],"kind":"manifest"}',
    '{"format_version":"1.0","kind":‸"partner-list","partners":[]}', '{"format_version":"1.0","kind":‸"Manifest"}',
    '{"format_version":"1.0","kind":‸null}', '{"format_version":"1.0","kind":‸["manifest"]}',
    '{"format_version":"1.0","kind":"manifest","partners":‸null}', '{"format_version":"1.0","kind":"manifest","partners":‸{}}',
    '{"format_version":"1.0","kind":"manifest","partners":‸"a.example"}',
    '{"format_version":"1.0","kind":"manifest","edge":‸null}', '{"format_version":"1.0","kind":"manifest","edge":‸[]}',
    '{"format_version":"1.0","kind":"manifest","edge":‸"sip.contoso.com"}',
    '{"format_version":"1.0","kind":"manifest","gateway":‸null}', '{"format_version":"1.0","kind":"manifest","gateway":‸1200}',
    '{"format_version":"1.0","kind":"manifest","gateway":{},‸"gateway":{}}',
    '{"format_version":"1.0","kind":"manifest","gateway":{"keepalive_interval":5,‸"keepalive\\u005finterval":5}}',
    '{"format_version":"1.0","kind":"manifest","gateway":{‸"keepalive":true}}', '{"primary_domain":"a.example","gateway":{}}',
    '{"format_version":"1.0","kind":"manifest",‸"partner":[]}', '{"format_version":"1.0","kind":"manifest",‸"Partners":[]}',
    '{"format_version":"1.0","kind":"manifest",‸"$schema":"x"}', '{"format_version":"1.0","kind":"manifest",‸"":0}',
    '{"format_version":"1.0",‸"format_version":"1.0","kind":"manifest"}', '{"format_version":"1.0","kind":"manifest",‸"kind":"manifest"}',
    '{"format_version":"1.0","kind":"manifest","partners":[],‸"partners":[]}',
    '{"format_version":"1.0","kind":"manifest","partners":[],‸"\\u0070artners":[]}',
    '{"format_version":"1.0","kind":"manifest","edge":{},‸"edge":{}}',
    '{"format_version":"1.0","kind":"manifest","edge":{"city":"a",‸"city":"a"}}',
    '{"format_version":"1.0","kind":"manifest","edge":{"city":"a",‸"\\u0063ity":null}}',
    '{"format_version":"1.0","kind":"manifest","edge":{‸"effective_xmpp_domains":[]}}',
    '{"format_version":"1.0","kind":"manifest","edge":{‸"town":"a"}}',
    '{"format_version":"1.0","kind":"manifest"} ‸{"primary_domain":"a.example"}',
    '{"format_version":"1.0","kind":"manifest"}\n‸{"primary_domain":"a.example"}',
    '{"format_version":"1.0","kind":"manifest"}\n‸{"format_version":"1.0","kind":"manifest"}',
    '{"format_version":"1.0","kind":"manifest"}‸}', '{"format_version":"1.0","kind":"manifest"}\n‸x',
    '{"format_version":"1.0","kind":"manifest"}‸,', '{"primary_domain":"a.example"} ‸{"primary_domain":"b.example"}',
    '{"primary_domain":"a.example"}‸{"primary_domain":"b.example"}', '{"primary_domain":"a.example"}\n‸[]',
    '{"primary_domain":"a.example"}\n‸null', '{"primary_domain":"a.example"}\n‸{}',
    '{"primary_domain":"a.example"}\n{"primary_domain":‸"A.Example."}',
    '{"primary_domain":"a.example","edge":{}}', '{"primary_domain":"a.example","partners":[]}',
)

# Each of these is one partner of JSON lines: the JSON is sound, and reading goes on after it. `@@` is a domain.
BAD_PARTNERS = (
    '‸{"tls":"required"}', '‸{"Primary_Domain":"a.example"}',
    '{"primary_domain":"@@",‸"tsl":1}', '{"primary_domain":"@@",‸"TLS":"required"}', '{"primary_domain":"@@",‸"tls ":"required"}',
    '{"primary_domain":"@@",‸"":null}', '{"primary_domain":"@@",‸"revision":1}', '{"primary_domain":"@@",‸"created_at":null}',
    '{"primary_domain":"@@",‸"updated_at":"2026-03-15T09:30:00Z"}', '{"primary_domain":"@@",‸"methods":[]}',
    '{"primary_domain":"@@",‸"tls\\u0000":"required"}', '{"primary_domain":"@@",‸"\\ud83d\\ude00":1}',
    '{"primary_domain":"@@","tls":"required",‸"tls":"required"}', '{"primary_domain":"@@","tls":"required",‸"\\u0074ls":"optional"}',
    '{"primary_domain":"@@",‸"primary_domain":"@@"}', '{"primary_domain":"@@",‸"primary_domai\\u006e":"x.example"}',
    '{"primary_domain":"@@","enabled":true,"x":1,‸"enabled":true}', '{"primary_domain":"@@","tls":‸"requ\u0131red"}',
    '{"primary_domain":"@@","tls":‸""}', '{"primary_domain":"@@","tls":‸"none"}', '{"primary_domain":"@@","sasl":‸"required\\u0000"}',
    '{"primary_domain":"@@","type":‸"federated,public-verified"}', '{"primary_domain":"@@","type":‸"\\u200bfederated"}',
    '{"primary_domain":"@@","connection_limit":‸1.5}', '{"primary_domain":"@@","connection_limit":‸1e-2}',
    '{"primary_domain":"@@","connection_limit":‸12E-1 }', '{"primary_domain":"@@","connection_limit": ‸0.5}',
    '{"primary_domain":"@@","additional_domains":["a.@@",‸null]}', '{"primary_domain":"@@","additional_domains":[‸["a.@@"]]}',
    '{"primary_domain":"@@","additional_domains":[‸1,2]}', '{"primary_domain":"@@","additional_domains":[‸{"a":1}]}',
    '{"primary_domain":"@@","description":"\u00fc\U0001f600\u4e16",‸"tsl":1}',
    '{"primary_domain":"@@","description":"e\u0301\\ud83d\\ude00", "tls":‸false}',
)
OUT_OF_RANGE = tuple(
    f'{{"primary_domain":"@@","connection_limit":‸{number}}}'
    for number in ("0", "-0", "-1", "4294967296", "9223372036854775807", "9223372036854775808", "18446744073709551615",
                   "18446744073709551616", "-9223372036854775808", "-9223372036854775809", "1" + "0" * 300)
)

# --- what is accepted ---------------------------------------------------------------------------------

GOOD_DESCRIPTIONS = (
    '""', '" "', r'"\""', r'"\\"', r'"\/"', '"/"', r'"\t\n"', r'"\u0041"', r'"\u00fc"', r'"\u00FC"', r'"\ud83d\ude00"',
    r'"\uD83D\uDE00"', '"\U0001f600"', r'"\u0074ls"', r'"\\u0041"', '"[{,:}]"', '"// no comment /* */ #"', '"null"', "\"'\"",
    '"\u00a0"', '"\ufeff"', '"\ufffd"', '"\ufffe\uffff"', r'"\uffff"', '"\U0010ffff"', r'"\udbff\udfff"', '"e\u0301"', '"\u4e16\u754c"',
    '"a\u200db"', '"' + "\U0001f600" * 1024 + '"', '"' + "x" * 1024 + '"', r'"\\\\"', r'"\"\\\""', '"%n{}${x}`"',
)
GOOD_FORMS = (
    '{"primary_domain":"@@"}', ' \t{ "primary_domain" \t: \t"@@" , "tls" : "required" }\t ', '{"primary_domain":"@@"}\r',
    '{"tls":"required","primary_domain":"@@"}', '{"\\u0070rimary_domain":"@@"}', '{"primary_domain":"@@","connection_limit":4294967295}',
    '{"primary_domain":"@@","connection_limit":1 }', '{"primary_domain":"@@","connection_limit":null,"proxy_fqdn":null}',
    '{"primary_domain":"@@","additional_domains":[]}', '{"primary_domain":"@@","additional_domains":[ "b.@@" , "a.@@" ]}',
    '{"primary_domain":"@@","keepalive":false,"enabled":false,"dialback":true,"sasl":"optional"}',
    '{"primary_domain":"@@","type":"Public Verified","tls":"REQUIRED","sasl":"optional"}', '\n\n{"primary_domain":"@@"}\n',
    '{\n"primary_domain"\n:\n"@@"\n}', '{"primary_domain":"\\u0073\\u0075b.@@"}', '{"primary_domain":"@@","proxy_fqdn":"xmpp.@@"}',
)
