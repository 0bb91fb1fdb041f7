"""What the other sides of the pairs in a database do, in SQL for `psql`."""

from floor_sql import CREATED_AT, after

# Where psql, unlike our own program, would go on after an error.
HEAD = "\\set ON_ERROR_STOP on\nSET search_path = xmppfed, pg_temp;\n"

# The columns in the order of `floor_sql.configuration`, without the lists.
PARTNER = """partner (primary_domain, description, type, tls, sasl, dialback, proxy_fqdn, connection_limit, keepalive, enabled,
  revision, created_at, updated_at)"""
HISTORY = "history (sequence, store_revision, at, actor, message, action, subject, name, after)"

FIND = HEAD + """
SELECT partner.*, claim.domain FROM partner JOIN claim ON claim.partner = partner.primary_domain
  WHERE primary_domain = (SELECT partner FROM claim WHERE domain = '{domain}') ORDER BY claim.domain;
"""

BEGIN = HEAD + "BEGIN ISOLATION LEVEL REPEATABLE READ;\nLOCK TABLE write_lock IN EXCLUSIVE MODE;\n"
END = """
UPDATE store SET revision = revision + 1;
INSERT INTO receipt (id, store_revision) SELECT gen_random_uuid(), revision FROM store;
COMMIT;
"""

COMMIT = BEGIN + """
INSERT INTO {partner}
  VALUES ('{name}', '', 'federated', 'required', 'required', 0, NULL, NULL, 1, 1, 1, '{at}', '{at}');
INSERT INTO claim VALUES ('{name}', '{name}'), ('chat.{name}', '{name}'), ('im.{name}', '{name}');
INSERT INTO {history}
  SELECT coalesce(max(sequence), 0) + 1, (SELECT revision + 1 FROM store), '{at}', 'root', '', 'partner.create',
  'partner', '{name}', '{after}' FROM history;
""" + END

# What an apply to an empty store must do at least; the lines have every key, and no backslash that COPY would read.
APPLY = BEGIN + """
CREATE TEMP TABLE line (number bigint GENERATED ALWAYS AS IDENTITY, text jsonb) ON COMMIT DROP;
\\copy line (text) FROM '{lines}'
INSERT INTO {partner}
  SELECT text ->> 'primary_domain', text ->> 'description', text ->> 'type', text ->> 'tls', text ->> 'sasl',
  (text ->> 'dialback')::boolean::integer, text ->> 'proxy_fqdn', (text ->> 'connection_limit')::bigint,
  (text ->> 'keepalive')::boolean::integer, (text ->> 'enabled')::boolean::integer, 1, '{at}', '{at}' FROM line;
INSERT INTO claim SELECT text ->> 'primary_domain' AS domain, text ->> 'primary_domain' FROM line
  UNION ALL SELECT jsonb_array_elements_text(text -> 'additional_domains'), text ->> 'primary_domain' FROM line;
INSERT INTO {history}
  SELECT number, 1, '{at}', 'root', '', 'partner.create', 'partner', text ->> 'primary_domain',
  text || jsonb_build_object('revision', 1, 'created_at', '{at}', 'updated_at', '{at}') FROM line;
""" + END


def commit(name):
    return COMMIT.format(partner=PARTNER, history=HISTORY, name=name, at=CREATED_AT, after=after(name))


def apply(lines):
    return APPLY.format(partner=PARTNER, history=HISTORY, lines=lines, at=CREATED_AT)
