"""What the other sides of the pairs do, in SQL, and the partners that all of them hold."""

import json

CREATED_AT = "2026-01-01T00:00:00Z"
EXPLAIN = ["partner", "explain", "--tls", "required", "--sasl", "required", "--dialback", "false"]

# The columns in the order of `configuration`: in the table those that a migration added stand behind.
PARTNER = """partner (primary_domain, description, type, tls, sasl, dialback, proxy_fqdn, connection_limit, keepalive,
  accepted_warnings, enabled, revision, created_at, updated_at)"""

# One commit, statement by statement as the store writes it.
COMMIT = """
INSERT INTO {partner}
  VALUES ('{name}', '', 'federated', 'required', 'required', 0, NULL, NULL, 1, '', 1, 1, '{at}', '{at}');
INSERT INTO claim VALUES ('{name}', '{name}'), ('chat.{name}', '{name}'), ('im.{name}', '{name}');
UPDATE store SET revision = revision + 1;
INSERT INTO history
  (sequence, store_revision, at, actor, message, action, subject, name, former_name, before, after)
  SELECT coalesce(max(sequence), 0) + 1, (SELECT revision FROM store), '{at}', 'root', '',
  'partner.create', 'partner', '{name}', NULL, NULL, '{after}' FROM history;
"""
TRANSACTION = "PRAGMA synchronous = EXTRA;\nPRAGMA foreign_keys = ON;\nBEGIN IMMEDIATE;\n{commits}COMMIT;\n"

FIND = """
SELECT partner.* FROM claim JOIN partner ON partner.primary_domain = claim.partner WHERE claim.domain = '{domain}';
SELECT other.domain FROM claim JOIN claim AS other ON other.partner = claim.partner
  WHERE claim.domain = '{domain}' AND other.domain <> other.partner ORDER BY other.domain;
"""

# What an apply to an empty store must do at least; the lines have every key.
APPLY = """
PRAGMA synchronous = EXTRA;
PRAGMA foreign_keys = ON;
BEGIN IMMEDIATE;
CREATE TEMP TABLE line (text);
.mode ascii
.separator "\\037" "\\n"
.import {lines} line
INSERT INTO {partner}
  SELECT text ->> 'primary_domain', text ->> 'description', text ->> 'type', text ->> 'tls',
  text ->> 'sasl', text ->> 'dialback', text ->> 'proxy_fqdn', text ->> 'connection_limit', text ->> 'keepalive',
  '', text ->> 'enabled', 1, '{at}', '{at}' FROM line;
INSERT INTO claim SELECT text ->> 'primary_domain' AS domain, text ->> 'primary_domain' FROM line
  UNION ALL SELECT value, text ->> 'primary_domain' FROM line, json_each(text, '$.additional_domains') ORDER BY domain;
UPDATE store SET revision = revision + 1;
INSERT INTO history
  (sequence, store_revision, at, actor, message, action, subject, name, former_name, before, after)
  SELECT rowid, 1, '{at}', 'root', '', 'partner.create', 'partner', text ->> 'primary_domain', NULL,
  NULL, json_set(text, '$.revision', 1, '$.created_at', '{at}', '$.updated_at', '{at}') FROM line;
COMMIT;
"""

RANGE = "SELECT domain, partner FROM claim WHERE domain >= '{prefix}' AND domain < '{prefix}\x7f' ORDER BY domain LIMIT 500"

# The names of this edge that are in every certificate; the others come from a file.
EDGE = ["--access-edge", "sip.contoso.com", "--web-conferencing", "webcon.contoso.com", "--sip-domain", "contoso.com"]
EDGE_NAMES = [
    ("sip.contoso.com", "access-edge"),
    ("webcon.contoso.com", "web-conferencing"),
    ("contoso.com", "xmpp-domain"),
]
REQUEST_CONFIG = """
[req]
prompt = no
string_mask = utf8only
default_md = sha256
distinguished_name = subject
req_extensions = extensions
[subject]
CN = sip.contoso.com
[extensions]
subjectAltName = {names}
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth, clientAuth
"""
# What is recorded of requests, apart from signatures and times.
REQUESTS = """
SELECT number, state, subject, names, key_algorithm, key_bits, key_curve, csr_file, key_file, friendly_name,
  template, exportable, basis, renews, certificate, assigned_at, directory, host FROM cert_request ORDER BY number;
SELECT sequence, store_revision, actor, message, action, subject, name, former_name, before,
  json_remove(after, '$.created_at') FROM history WHERE subject = 'cert-request' ORDER BY sequence;
SELECT * FROM unfinished_key;
SELECT revision FROM store;
"""


def transaction(names):
    """The SQL of one commit for each partner, in one transaction."""
    return TRANSACTION.format(
        commits="".join(COMMIT.format(partner=PARTNER, name=name, at=CREATED_AT, after=after(name)) for name in names)
    )


def configuration(name):
    """What a manifest says of a partner."""
    return {
        "primary_domain": name,
        "description": "",
        "additional_domains": [f"chat.{name}", f"im.{name}"],
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


def after(name):
    """What history keeps of a new partner."""
    kept = {"revision": 1, "created_at": CREATED_AT, "updated_at": CREATED_AT}
    return json.dumps({**configuration(name), **kept}, separators=(",", ":"))


def partner_name(number):
    return f"partner-{number:07}.example"


def new_name(number):
    """A name for each run, amid the others."""
    return f"partner-0050000-{number}.example"
