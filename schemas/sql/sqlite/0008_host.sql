-- Where a store is shared: on which host the files of a request are, and those of a key that is being made. NULL and '':
-- that is not known, or nobody asks, for the store is in a file.
ALTER TABLE cert_request ADD COLUMN host TEXT;

ALTER TABLE unfinished_key RENAME TO earlier_unfinished_key;

CREATE TABLE unfinished_key (
    key_file TEXT NOT NULL,
    host     TEXT NOT NULL DEFAULT '',
    at       TEXT NOT NULL,
    PRIMARY KEY (key_file, host)
) STRICT, WITHOUT ROWID;

INSERT INTO unfinished_key (key_file, at) SELECT key_file, at FROM earlier_unfinished_key;

DROP TABLE earlier_unfinished_key;

-- Whom the database let in that an entry was committed to. NULL: it was a file.
ALTER TABLE history ADD COLUMN db_user TEXT;
