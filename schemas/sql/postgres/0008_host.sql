-- On which host the files of a request are, and those of a key that is being made. NULL and '': that is not known, for the
-- store was in a file.

ALTER TABLE cert_request ADD COLUMN host text COLLATE "C";

ALTER TABLE unfinished_key
    ADD COLUMN host text COLLATE "C" NOT NULL DEFAULT '',
    DROP CONSTRAINT unfinished_key_pkey,
    ADD PRIMARY KEY (key_file, host);
