-- A certificate that must not be used again. A CHECK cannot be altered, so the requests move to another table, column by
-- column: their checksums stay valid, for what is new is NULL.
ALTER TABLE cert_request RENAME TO earlier_cert_request;

CREATE TABLE cert_request (
    number            INTEGER PRIMARY KEY,
    state             TEXT    NOT NULL CHECK (state IN ('pending', 'issued', 'assigned', 'replaced', 'cancelled', 'retired')),
    subject           TEXT    NOT NULL CHECK (subject GLOB '{*}'),  -- JSON object: C, ST, L, O, OU, CN
    names             TEXT    NOT NULL CHECK (names GLOB '[[]*]'),  -- JSON array of {type, value, source}
    key_algorithm     TEXT    NOT NULL CHECK (key_algorithm IN ('rsa', 'ec')),
    key_bits          INTEGER NOT NULL,                              -- of an RSA key, else 0
    key_curve         TEXT    NOT NULL CHECK (key_curve IN ('P-256', 'P-384', 'P-521', '')),
    csr               TEXT    NOT NULL,  -- PEM
    csr_file          TEXT,              -- absolute; NULL: it went to standard output
    key_file          TEXT    NOT NULL,
    friendly_name     TEXT    NOT NULL,
    template          TEXT,
    exportable        INTEGER NOT NULL CHECK (exportable IN (0, 1)),
    created_at        TEXT    NOT NULL,
    basis             TEXT    NOT NULL DEFAULT '{}' CHECK (basis GLOB '{*}'),  -- JSON object: what a renewal takes over
    renews            INTEGER,           -- number of the request that it repeats
    certificate       TEXT CHECK (certificate GLOB '{*}'),  -- JSON object
    assigned_at       TEXT,
    directory         TEXT,              -- absolute; NULL: its files were put nowhere
    checksum          INTEGER,           -- over the other columns; NULL: written before there were any
    retired_at        TEXT,
    retirement_reason TEXT CHECK (retirement_reason IN ('key-compromise', 'superseded', 'cessation')),
    CONSTRAINT issued_certificate CHECK (state IN ('pending', 'cancelled') OR certificate IS NOT NULL),
    CONSTRAINT retired_for_a_reason CHECK ((state = 'retired') = (retirement_reason IS NOT NULL)),
    CONSTRAINT retired_once CHECK ((retired_at IS NULL) = (retirement_reason IS NULL))
) STRICT;

INSERT INTO cert_request (number, state, subject, names, key_algorithm, key_bits, key_curve, csr, csr_file, key_file,
                          friendly_name, template, exportable, created_at, basis, renews, certificate, assigned_at,
                          directory, checksum)
SELECT number, state, subject, names, key_algorithm, key_bits, key_curve, csr, csr_file, key_file, friendly_name, template,
       exportable, created_at, basis, renews, certificate, assigned_at, directory, checksum
FROM earlier_cert_request ORDER BY number;

DROP TABLE earlier_cert_request;

-- One certificate is in use.
CREATE UNIQUE INDEX assigned_request ON cert_request (state) WHERE state = 'assigned';
