-- The gateway's settings, for the streams of all partners. Without a row nobody has set them, and the defaults hold.

CREATE TABLE gateway (
    id                       INTEGER PRIMARY KEY CHECK (id = 1),
    connection_limit         INTEGER NOT NULL CHECK (connection_limit BETWEEN 1 AND 4294967295),
    partner_connection_limit INTEGER NOT NULL CHECK (partner_connection_limit BETWEEN 1 AND 4294967295),
    keepalive_interval       INTEGER NOT NULL CHECK (keepalive_interval BETWEEN 1 AND 4294967295),     -- seconds, as those below
    establishment_timeout    INTEGER NOT NULL CHECK (establishment_timeout BETWEEN 1 AND 4294967295),
    inactivity_timeout       INTEGER NOT NULL CHECK (inactivity_timeout BETWEEN 1 AND 4294967295),
    subscription_refresh     INTEGER NOT NULL CHECK (subscription_refresh BETWEEN 1 AND 4294967295),
    log_message_bodies       INTEGER NOT NULL CHECK (log_message_bodies IN (0, 1))
) STRICT;

-- The history tells of them too. A CHECK cannot be altered, so the entries move to another table, octet by octet.
ALTER TABLE history RENAME TO earlier_history;

CREATE TABLE history (
    sequence       INTEGER PRIMARY KEY,
    store_revision INTEGER NOT NULL,
    at             TEXT    NOT NULL,
    actor          TEXT    NOT NULL,
    message        TEXT    NOT NULL,
    action         TEXT    NOT NULL,
    subject        TEXT    NOT NULL CHECK (subject IN ('partner', 'edge', 'cert-request', 'gateway')),
    name           TEXT    NOT NULL,  -- primary domain after the commit, or before it when the partner was removed
    former_name    TEXT,              -- primary domain before a rename
    before         TEXT CHECK (before GLOB '{*}'),  -- JSON objects, or NULL
    after          TEXT CHECK (after GLOB '{*}'),
    checksum       INTEGER,           -- over the columns above; NULL: written before there were any
    CONSTRAINT something_happened CHECK (before IS NOT NULL OR after IS NOT NULL)
) STRICT;

INSERT INTO history (sequence, store_revision, at, actor, message, action, subject, name, former_name, before, after, checksum)
SELECT sequence, store_revision, at, actor, message, action, subject, name, former_name, before, after, checksum
FROM earlier_history ORDER BY sequence;

DROP TABLE earlier_history;

CREATE INDEX history_by_name ON history (subject, name, sequence);
CREATE INDEX history_by_former_name ON history (subject, former_name, sequence) WHERE former_name IS NOT NULL;
