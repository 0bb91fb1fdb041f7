-- The partner book. Text is compared byte by byte; times are UTC in RFC 3339 with Z.
--
-- The CHECK constraints repeat the rules that must never break, for whoever writes past the program. They are a second
-- line of defence: the program refuses first, and says why.

CREATE TABLE store (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    revision   INTEGER NOT NULL CHECK (revision >= 0),  -- one more for each commit
    created_at TEXT    NOT NULL
) STRICT;

CREATE TABLE partner (
    primary_domain   TEXT    NOT NULL PRIMARY KEY CHECK (length(primary_domain) BETWEEN 1 AND 253),
    description      TEXT    NOT NULL CHECK (length(description) <= 1024),
    type             TEXT    NOT NULL CHECK (type IN ('federated', 'public-verified', 'public-unverified')),
    tls              TEXT    NOT NULL CHECK (tls IN ('required', 'optional', 'not-supported')),
    sasl             TEXT    NOT NULL CHECK (sasl IN ('required', 'optional', 'not-supported')),
    dialback         INTEGER NOT NULL CHECK (dialback IN (0, 1)),
    proxy_fqdn       TEXT             CHECK (length(proxy_fqdn) BETWEEN 1 AND 253),
    connection_limit INTEGER          CHECK (connection_limit BETWEEN 1 AND 4294967295),
    keepalive        INTEGER NOT NULL CHECK (keepalive IN (0, 1)),
    enabled          INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    revision         INTEGER NOT NULL CHECK (revision >= 1),
    created_at       TEXT    NOT NULL,
    updated_at       TEXT    NOT NULL,
    CONSTRAINT sasl_requires_tls CHECK (sasl = 'not-supported' OR tls <> 'not-supported'),
    CONSTRAINT some_authentication_method CHECK (sasl <> 'not-supported' OR dialback = 1)
) STRICT, WITHOUT ROWID;

-- Which partner holds a domain: its primary domain and the additional ones. The key is what makes a domain belong to one
-- partner at most.
CREATE TABLE claim (
    domain  TEXT NOT NULL PRIMARY KEY CHECK (length(domain) BETWEEN 1 AND 253),
    partner TEXT NOT NULL REFERENCES partner (primary_domain)
) STRICT, WITHOUT ROWID;

CREATE INDEX claim_by_partner ON claim (partner, domain);

-- Who committed what. Rows are added in the transaction of the commit that they tell of, and never change.
CREATE TABLE history (
    sequence       INTEGER PRIMARY KEY,
    store_revision INTEGER NOT NULL,
    at             TEXT    NOT NULL,
    actor          TEXT    NOT NULL,
    message        TEXT    NOT NULL,
    action         TEXT    NOT NULL,
    subject        TEXT    NOT NULL CHECK (subject IN ('partner', 'edge', 'cert-request')),
    name           TEXT    NOT NULL,  -- primary domain after the commit, or before it when the partner was removed
    former_name    TEXT,              -- primary domain before a rename
    before         TEXT CHECK (before GLOB '{*}'),  -- JSON objects, or NULL
    after          TEXT CHECK (after GLOB '{*}'),
    CONSTRAINT something_happened CHECK (before IS NOT NULL OR after IS NOT NULL)
) STRICT;

CREATE INDEX history_by_name ON history (subject, name, sequence);
CREATE INDEX history_by_former_name ON history (subject, former_name, sequence) WHERE former_name IS NOT NULL;
