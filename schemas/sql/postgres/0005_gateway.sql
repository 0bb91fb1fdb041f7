-- The gateway's settings, for the streams of all partners. Without a row nobody has set them, and the defaults hold.

CREATE TABLE gateway (
    id                       integer  NOT NULL PRIMARY KEY CHECK (id = 1),
    connection_limit         bigint   NOT NULL CHECK (connection_limit BETWEEN 1 AND 4294967295),
    partner_connection_limit bigint   NOT NULL CHECK (partner_connection_limit BETWEEN 1 AND 4294967295),
    keepalive_interval       bigint   NOT NULL CHECK (keepalive_interval BETWEEN 1 AND 4294967295),     -- seconds, as those below
    establishment_timeout    bigint   NOT NULL CHECK (establishment_timeout BETWEEN 1 AND 4294967295),
    inactivity_timeout       bigint   NOT NULL CHECK (inactivity_timeout BETWEEN 1 AND 4294967295),
    subscription_refresh     bigint   NOT NULL CHECK (subscription_refresh BETWEEN 1 AND 4294967295),
    log_message_bodies       smallint NOT NULL CHECK (log_message_bodies IN (0, 1))
);

-- The history tells of them too.
ALTER TABLE history
    DROP CONSTRAINT known_subject,
    ADD CONSTRAINT known_subject CHECK (subject IN ('partner', 'edge', 'cert-request', 'gateway'));
