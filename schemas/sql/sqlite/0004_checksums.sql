-- A checksum over the other columns, for the tables whose rows are kept nowhere else: what changes one without the other
-- is found by `store check`. NULL: written before there were any.

ALTER TABLE history ADD COLUMN checksum INTEGER;
ALTER TABLE cert_request ADD COLUMN checksum INTEGER;
