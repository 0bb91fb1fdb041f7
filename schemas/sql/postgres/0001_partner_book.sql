-- The partner book. Text is compared byte by byte, whatever the database sorts by; times are UTC in RFC 3339 with Z.
--
-- The CHECK constraints repeat the rules that must never break, for whoever writes past the program. They are a second
-- line of defence: the program refuses first, and says why.

CREATE TABLE store (
    id             integer NOT NULL PRIMARY KEY CHECK (id = 1),
    application    text    COLLATE "C" NOT NULL CHECK (application = 'xmppfed'),
    schema_version integer NOT NULL,
    revision       bigint  NOT NULL CHECK (revision >= 0),  -- one more for each commit
    created_at     text    COLLATE "C" NOT NULL
);

-- What commits go by: the clocks of the machines that they come from may differ.
CREATE FUNCTION clock() RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
    AS $$ SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') $$;

-- Nothing is ever in it: who writes locks it, which takes a right that a reader does not have. An advisory lock would be
-- open to everybody who may connect.
CREATE TABLE write_lock (id integer NOT NULL PRIMARY KEY);

CREATE TABLE partner (
    primary_domain   text     COLLATE "C" NOT NULL PRIMARY KEY CHECK (char_length(primary_domain) BETWEEN 1 AND 253),
    description      text     COLLATE "C" NOT NULL CHECK (char_length(description) <= 1024),
    type             text     COLLATE "C" NOT NULL CHECK (type IN ('federated', 'public-verified', 'public-unverified')),
    tls              text     COLLATE "C" NOT NULL CHECK (tls IN ('required', 'optional', 'not-supported')),
    sasl             text     COLLATE "C" NOT NULL CHECK (sasl IN ('required', 'optional', 'not-supported')),
    dialback         smallint NOT NULL CHECK (dialback IN (0, 1)),
    proxy_fqdn       text     COLLATE "C" CHECK (char_length(proxy_fqdn) BETWEEN 1 AND 253),
    connection_limit bigint   CHECK (connection_limit BETWEEN 1 AND 4294967295),
    keepalive        smallint NOT NULL CHECK (keepalive IN (0, 1)),
    enabled          smallint NOT NULL CHECK (enabled IN (0, 1)),
    revision         bigint   NOT NULL CHECK (revision >= 1),
    created_at       text     COLLATE "C" NOT NULL,
    updated_at       text     COLLATE "C" NOT NULL,
    CONSTRAINT sasl_requires_tls CHECK (sasl = 'not-supported' OR tls <> 'not-supported'),
    CONSTRAINT some_authentication_method CHECK (sasl <> 'not-supported' OR dialback = 1)
);

-- Which partner holds a domain: its primary domain and the additional ones. The key is what makes a domain belong to one
-- partner at most.
CREATE TABLE claim (
    domain  text COLLATE "C" NOT NULL PRIMARY KEY CHECK (char_length(domain) BETWEEN 1 AND 253),
    partner text COLLATE "C" NOT NULL REFERENCES partner (primary_domain)
);

CREATE INDEX claim_by_partner ON claim (partner, domain);

-- Who committed what. Rows are added in the transaction of the commit that they tell of, and never change.
CREATE TABLE history (
    sequence       bigint NOT NULL PRIMARY KEY,
    store_revision bigint NOT NULL,
    at             text   COLLATE "C" NOT NULL,
    actor          text   COLLATE "C" NOT NULL,
    message        text   COLLATE "C" NOT NULL,
    action         text   COLLATE "C" NOT NULL,
    subject        text   COLLATE "C" NOT NULL,
    name           text   COLLATE "C" NOT NULL,  -- primary domain after the commit, or before it when the partner was removed
    former_name    text   COLLATE "C",           -- primary domain before a rename
    before         text   COLLATE "C" CHECK (before LIKE '{%}'),  -- JSON objects, or NULL
    after          text   COLLATE "C" CHECK (after LIKE '{%}'),
    db_user        text   COLLATE "C" DEFAULT session_user,  -- whom the database let in; NULL: taken over from a file
    CONSTRAINT known_subject CHECK (subject IN ('partner', 'edge', 'cert-request')),
    CONSTRAINT something_happened CHECK (before IS NOT NULL OR after IS NOT NULL)
);

CREATE INDEX history_by_name ON history (subject, name, sequence);
CREATE INDEX history_by_former_name ON history (subject, former_name, sequence) WHERE former_name IS NOT NULL;
CREATE INDEX history_by_revision ON history (store_revision, sequence);

-- One for each commit, in its transaction: whoever lost the connection in COMMIT looks for his.
CREATE TABLE receipt (
    id             uuid NOT NULL PRIMARY KEY,
    store_revision bigint,  -- NULL: nothing was recorded in the history
    db_user        text COLLATE "C" NOT NULL DEFAULT session_user,
    client_address inet DEFAULT inet_client_addr(),
    committed_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
    AS $$ BEGIN RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;

CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON history
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON receipt
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
