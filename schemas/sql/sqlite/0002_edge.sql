-- Our own side, and the certificate requests made from it.

CREATE TABLE edge (
    id                  INTEGER PRIMARY KEY CHECK (id = 1),
    access_edge         TEXT    NOT NULL CHECK (length(access_edge) <= 253),       -- empty texts are not set
    web_conferencing    TEXT    NOT NULL CHECK (length(web_conferencing) <= 253),
    has_xmpp_domains    INTEGER NOT NULL CHECK (has_xmpp_domains IN (0, 1)),       -- 0: the SIP domains count
    organization        TEXT    NOT NULL CHECK (length(organization) <= 64),
    organizational_unit TEXT    NOT NULL CHECK (length(organizational_unit) <= 64),
    city                TEXT    NOT NULL CHECK (length(city) <= 128),
    state               TEXT    NOT NULL CHECK (length(state) <= 128),
    country             TEXT    NOT NULL CHECK (country = '' OR country GLOB '[A-Z][A-Z]')
) STRICT;

CREATE TABLE edge_domain (
    role     TEXT    NOT NULL CHECK (role IN ('sip', 'xmpp')),
    position INTEGER NOT NULL,  -- from 0; SIP domain 0 is the primary
    domain   TEXT    NOT NULL CHECK (length(domain) BETWEEN 1 AND 253),
    PRIMARY KEY (role, position),
    UNIQUE (role, domain)
) STRICT, WITHOUT ROWID;

CREATE TABLE cert_request (
    number        INTEGER PRIMARY KEY,
    state         TEXT    NOT NULL CHECK (state IN ('pending', 'issued', 'assigned', 'replaced', 'cancelled')),
    subject       TEXT    NOT NULL CHECK (subject GLOB '{*}'),  -- JSON object: C, ST, L, O, OU, CN
    names         TEXT    NOT NULL CHECK (names GLOB '[[]*]'),  -- JSON array of {type, value, source}
    key_algorithm TEXT    NOT NULL CHECK (key_algorithm IN ('rsa', 'ec')),
    key_bits      INTEGER NOT NULL,                              -- of an RSA key, else 0
    key_curve     TEXT    NOT NULL CHECK (key_curve IN ('P-256', 'P-384', 'P-521', '')),
    csr           TEXT    NOT NULL,  -- PEM
    csr_file      TEXT,              -- absolute; NULL: it went to standard output
    key_file      TEXT    NOT NULL,
    friendly_name TEXT    NOT NULL,
    template      TEXT,
    exportable    INTEGER NOT NULL CHECK (exportable IN (0, 1)),
    created_at    TEXT    NOT NULL
) STRICT;

-- Keys that are about to be made. A row that stays is a key whose request was never recorded: somebody was killed between.
CREATE TABLE unfinished_key (
    key_file TEXT NOT NULL PRIMARY KEY,
    at       TEXT NOT NULL
) STRICT, WITHOUT ROWID;
