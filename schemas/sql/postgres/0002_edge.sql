-- Our own side, and the certificate requests made from it.

CREATE TABLE edge (
    id                  integer  NOT NULL PRIMARY KEY CHECK (id = 1),
    access_edge         text     COLLATE "C" NOT NULL CHECK (char_length(access_edge) <= 253),       -- empty texts are not set
    web_conferencing    text     COLLATE "C" NOT NULL CHECK (char_length(web_conferencing) <= 253),
    has_xmpp_domains    smallint NOT NULL CHECK (has_xmpp_domains IN (0, 1)),                        -- 0: the SIP domains count
    organization        text     COLLATE "C" NOT NULL CHECK (char_length(organization) <= 64),
    organizational_unit text     COLLATE "C" NOT NULL CHECK (char_length(organizational_unit) <= 64),
    city                text     COLLATE "C" NOT NULL CHECK (char_length(city) <= 128),
    state               text     COLLATE "C" NOT NULL CHECK (char_length(state) <= 128),
    country             text     COLLATE "C" NOT NULL CHECK (country ~ '^([A-Z][A-Z])?$')
);

CREATE TABLE edge_domain (
    role     text    COLLATE "C" NOT NULL CHECK (role IN ('sip', 'xmpp')),
    position integer NOT NULL,  -- from 0; SIP domain 0 is the primary
    domain   text    COLLATE "C" NOT NULL CHECK (char_length(domain) BETWEEN 1 AND 253),
    PRIMARY KEY (role, position),
    UNIQUE (role, domain)
);

CREATE TABLE cert_request (
    number        bigint   NOT NULL PRIMARY KEY,
    state         text     COLLATE "C" NOT NULL CHECK (state IN ('pending', 'issued', 'assigned', 'replaced', 'cancelled')),
    subject       text     COLLATE "C" NOT NULL CHECK (subject LIKE '{%}'),  -- JSON object: C, ST, L, O, OU, CN
    names         text     COLLATE "C" NOT NULL CHECK (names LIKE '[%]'),    -- JSON array of {type, value, source}
    key_algorithm text     COLLATE "C" NOT NULL CHECK (key_algorithm IN ('rsa', 'ec')),
    key_bits      bigint   NOT NULL,                                         -- of an RSA key, else 0
    key_curve     text     COLLATE "C" NOT NULL CHECK (key_curve IN ('P-256', 'P-384', 'P-521', '')),
    csr           text     COLLATE "C" NOT NULL,  -- PEM
    csr_file      text     COLLATE "C",           -- absolute; NULL: it went to standard output
    key_file      text     COLLATE "C" NOT NULL,
    friendly_name text     COLLATE "C" NOT NULL,
    template      text     COLLATE "C",
    exportable    smallint NOT NULL CHECK (exportable IN (0, 1)),
    created_at    text     COLLATE "C" NOT NULL
);

-- Keys that are about to be made. A row that stays is a key whose request was never recorded: somebody was killed between.
CREATE TABLE unfinished_key (
    key_file text COLLATE "C" NOT NULL PRIMARY KEY,
    at       text COLLATE "C" NOT NULL
);
