-- What becomes of a certificate request: the certificate that came back, and where it is used.

ALTER TABLE cert_request ADD COLUMN basis TEXT NOT NULL DEFAULT '{}' CHECK (basis GLOB '{*}');  -- JSON object: what a renewal takes over
ALTER TABLE cert_request ADD COLUMN renews INTEGER;  -- number of the request that it repeats
ALTER TABLE cert_request ADD COLUMN certificate TEXT
    CHECK (certificate GLOB '{*}') CHECK (state IN ('pending', 'cancelled') OR certificate IS NOT NULL);  -- JSON object
ALTER TABLE cert_request ADD COLUMN assigned_at TEXT;
ALTER TABLE cert_request ADD COLUMN directory TEXT;  -- absolute; NULL: its files were put nowhere

-- One certificate is in use.
CREATE UNIQUE INDEX assigned_request ON cert_request (state) WHERE state = 'assigned';
