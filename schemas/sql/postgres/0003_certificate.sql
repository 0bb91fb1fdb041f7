-- What becomes of a certificate request: the certificate that came back, and where it is used.

ALTER TABLE cert_request
    ADD COLUMN basis       text   COLLATE "C" NOT NULL DEFAULT '{}' CHECK (basis LIKE '{%}'),  -- JSON object: what a renewal takes over
    ADD COLUMN renews      bigint,                                                             -- number of the request that it repeats
    ADD COLUMN certificate text   COLLATE "C" CHECK (certificate LIKE '{%}'),                  -- JSON object
    ADD COLUMN assigned_at text   COLLATE "C",
    ADD COLUMN directory   text   COLLATE "C",                                                 -- absolute; NULL: its files were put nowhere
    ADD CONSTRAINT certificate_is_there CHECK (state IN ('pending', 'cancelled') OR certificate IS NOT NULL);

-- One certificate is in use.
CREATE UNIQUE INDEX assigned_request ON cert_request (state) WHERE state = 'assigned';
