-- A checksum over the other columns, for the tables whose rows are kept nowhere else: what changes one without the other
-- is found by `store check`.

ALTER TABLE history ADD COLUMN checksum bigint;
ALTER TABLE cert_request ADD COLUMN checksum bigint;
