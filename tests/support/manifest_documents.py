"""Documents of the kinds plan, apply and manifest for the test of the schemas: good ones, and what spoils them."""

PARTNER = {
    "primary_domain": "fabrikam.com",
    "description": "Fabrikam\n\tcontact: S\u00f8ren \U0001f642",
    "additional_domains": ["chat.fabrikam.com"],
    "type": "federated",
    "tls": "required",
    "sasl": "required",
    "dialback": False,
    "proxy_fqdn": None,
    "connection_limit": None,
    "keepalive": True,
    "accepted_warnings": [],
    "enabled": True,
}
EDGE = {
    "access_edge": "sip.contoso.com",
    "web_conferencing": None,
    "sip_domains": ["contoso.com"],
    "xmpp_domains": None,
    "organization": "Contoso",
    "organizational_unit": None,
    "city": "Redmond",
    "state": "Washington",
    "country": "US",
}
GATEWAY = {
    "connection_limit": 1000,
    "partner_connection_limit": 20,
    "keepalive_interval": 300,
    "establishment_timeout": 60,
    "inactivity_timeout": 600,
    "subscription_refresh": 28800,
    "log_message_bodies": False,
}
UNSOUND = {
    "rule": "sasl-requires-tls",
    "severity": "error",
    "partner": "fabrikam.com",
    "field": "sasl",
    "message": "SASL is required and TLS is not-supported",
    "hint": "use TLS",
    "file": "partners.json",
    "line": 3,
    "column": 14,
}
LOUD = UNSOUND | {"rule": "domain-outside-primary", "severity": "warning"}


def document(kind, **keys):
    return {"format_version": "1.0", "kind": kind, **keys}


def fields(before, after):
    """Every field that differs, as a change lists it."""
    both = [(key, (before or {}).get(key), (after or {}).get(key)) for key in before or after]
    return [{"field": key, "before": old, "after": new} for key, old, new in both if before is None or after is None or old != new]


def change(action, before, after):
    named = (after or before).get("primary_domain")
    subject = "partner" if named else "gateway" if "keepalive_interval" in after else "edge"
    return {"action": action, "subject": subject, "partner": named, "fields": fields(before, after)}


CHANGES = [
    change("update", EDGE, EDGE | {"organization": None, "xmpp_domains": []}),
    change("create", None, PARTNER),
    change("update", PARTNER, PARTNER | {"enabled": False, "connection_limit": 5, "additional_domains": []}),
    change("remove", PARTNER, None),
]


def summary(create, update, remove, unchanged, unchanged_warnings=0):
    return {"create": create, "update": update, "remove": remove, "unchanged": unchanged, "unchanged_warnings": unchanged_warnings}


NOTHING = {"changes": [], "summary": summary(0, 0, 0, 2), "diagnostics": []}
ALL = {"changes": CHANGES, "summary": summary(1, 2, 1, 7, 3), "diagnostics": [LOUD]}

GOOD = {
    "plan": document("plan", **ALL),
    "plan, nothing to do": document("plan", **NOTHING),
    "plan, unsound": document("plan", **(ALL | {
        "changes": [*CHANGES, change("create", None, PARTNER | {"primary_domain": "a..b"})], "diagnostics": [UNSOUND], "diagnostics_left_out": 50})),
    "plan, a new edge": document("plan", **(NOTHING | {"changes": [change("create", None, EDGE)], "summary": summary(1, 0, 0, 0)})),
    "plan, another gateway": document("plan", **(NOTHING | {
        "changes": [change("update", GATEWAY, GATEWAY | {"inactivity_timeout": 900, "log_message_bodies": True})], "summary": summary(0, 1, 0, 0)})),
    "apply": document("apply", **ALL),
    "apply, dry run": document("apply", dry_run=True, **ALL),
    "apply, nothing to do": document("apply", **NOTHING),
    "apply, a renaming taken back": document("apply", **(NOTHING | {
        "changes": [change("update", PARTNER | {"primary_domain": "fabrikam.example"}, PARTNER)], "summary": summary(0, 1, 0, 0)})),
    "manifest": document("manifest", edge=EDGE, partners=[PARTNER, PARTNER | {"tls": "optional", "enabled": False}]),
    "manifest, empty": document("manifest", partners=[]),
    "manifest, no partners": document("manifest", edge={}, gateway={}),
    "manifest, a gateway": document("manifest", gateway=GATEWAY),
    "manifest, defaults": document("manifest", edge={"sip_domains": ["b\u00fccher.example", "A.example."]},
                                   partners=[{"primary_domain": "b\u00fccher.example"}]),
    "manifest, dialback alone": document("manifest", partners=[
        {"primary_domain": "a.example", "tls": "not-supported", "sasl": "not-supported", "dialback": True}]),
}

ABSENT_KEYS = {key: value for key, value in PARTNER.items() if key not in ("sasl", "dialback")}

# A good document, the path to one value, and what to put there.
BAD = [
    *((kind, path, value) for kind in ("plan", "apply") for path, value in (
        (["format_version"], "2.0"),
        (["kind"], "plans"),
        (["changes"], None),
        (["changes", 3, "partner"], "a..b"),
        (["changes"], []),
        (["changes", 0, "action"], "delete"),
        (["changes", 0, "action"], "remove"),
        (["changes", 0, "subject"], "cert-request"),
        (["changes", 0, "subject"], "partner"),
        (["changes", 0, "partner"], "contoso.com"),
        (["changes", 0, "fields", 0, "field"], "tls"),
        (["changes", 1, "partner"], None),
        (["changes", 1, "partner"], "Fabrikam.com"),
        (["changes", 1, "fields"], []),
        (["changes", 1, "fields"], {}),
        (["changes", 1, "fields", 0, "before"], "fabrikam.com"),
        (["changes", 1, "fields", 0, "field"], "revision"),
        (["changes", 1, "fields", 0, "field"], None),
        (["changes", 2, "fields", 0, "field"], "access_edge"),
        (["changes", 2, "action"], "create"),
        (["changes", 3, "action"], "update"),
        (["changes", 3, "fields", 0, "after"], "x"),
        (["summary"], None),
        (["summary", "create"], 0),
        (["summary", "update"], 0),
        (["summary", "remove"], 0),
        (["summary", "unchanged"], -1),
        (["summary", "unchanged"], "7"),
        (["summary", "unchanged_warnings"], -1),
        (["summary", "unchanged_warnings"], None),
        (["diagnostics"], {}),
        (["diagnostics", 0, "severity"], "error"),
        (["diagnostics", 0, "line"], None),
    )),
    ("plan", ["changes", 2, "fields", 0, "field"], "primary_domain"),
    ("plan, nothing to do", ["summary", "create"], 1),
    *(("plan, another gateway", ["changes", 0, *path], value) for path, value in (
        (["action"], "create"),
        (["subject"], "edge"),
        (["subject"], "partner"),
        (["partner"], "contoso.com"),
        (["fields", 0, "field"], "keepalive"),
        (["fields", 0, "before"], None),
        (["fields", 1, "after"], "true"),
    )),
    ("plan, unsound", ["diagnostics_left_out"], 0),
    ("plan, unsound", ["diagnostics_left_out"], None),
    ("apply", ["diagnostics"], [UNSOUND]),
    ("apply, dry run", ["dry_run"], False),
    *(("manifest, a gateway", path, value) for path, value in (
        (["gateway"], None),
        (["gateway"], []),
        (["gateway", "keepalive"], True),
        (["gateway", "connection_limit"], 0),
        (["gateway", "connection_limit"], None),
        (["gateway", "inactivity_timeout"], 4294967296),
        (["gateway", "keepalive_interval"], "300"),
        (["gateway", "log_message_bodies"], 1),
    )),
    *(("manifest", path, value) for path, value in (
        (["format_version"], "2.0"),
        (["format_version"], "1."),
        (["format_version"], 1.0),
        (["kind"], "partner-list"),
        (["partner"], []),
        (["$schema"], "manifest.schema.json"),
        (["edge"], None),
        (["edge"], []),
        (["edge", "effective_xmpp_domains"], []),
        (["edge", "access_edge"], ""),
        (["edge", "access_edge"], "a b"),
        (["edge", "sip_domains"], None),
        (["edge", "sip_domains"], ["a.example", "a.example"]),
        (["edge", "xmpp_domains"], "a.example"),
        (["edge", "organization"], "x" * 65),
        (["edge", "city"], "x" * 129),
        (["edge", "country"], "USA"),
        (["partners"], None),
        (["partners"], {}),
        (["partners", 0], None),
        (["partners", 0], {}),
        (["partners", 0], PARTNER | {"revision": 1}),
        (["partners", 0], PARTNER | {"methods": ["sasl-over-tls"]}),
        (["partners", 0], PARTNER | {"Tls": "required"}),
        (["partners", 0], PARTNER | {"tls": "not-supported"}),
        (["partners", 0], PARTNER | {"tls": "not-supported", "dialback": True}),
        (["partners", 0], ABSENT_KEYS | {"tls": "not-supported"}),
        (["partners", 0], ABSENT_KEYS | {"sasl": "not-supported"}),
        (["partners", 0, "sasl"], "not-supported"),
        (["partners", 0, "primary_domain"], None),
        (["partners", 0, "primary_domain"], ""),
        (["partners", 0, "primary_domain"], "a.example:5269"),
        (["partners", 0, "primary_domain"], "*.a.example"),
        (["partners", 0, "primary_domain"], "u@a.example"),
        (["partners", 0, "description"], None),
        (["partners", 0, "description"], "x" * 1025),
        (["partners", 0, "description"], "a\rb"),
        (["partners", 0, "additional_domains"], None),
        (["partners", 0, "additional_domains"], "a.example"),
        (["partners", 0, "additional_domains"], [f"a{number}.example" for number in range(1001)]),
        (["partners", 0, "type"], "friend"),
        (["partners", 0, "tls"], None),
        (["partners", 0, "tls"], "yes"),
        (["partners", 0, "dialback"], "false"),
        (["partners", 0, "proxy_fqdn"], ""),
        (["partners", 0, "connection_limit"], 0),
        (["partners", 0, "connection_limit"], 4294967296),
        (["partners", 0, "connection_limit"], 1.0),
        (["partners", 0, "keepalive"], None),
        (["partners", 0, "enabled"], 1),
    )),
]
