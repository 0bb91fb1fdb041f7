-- Rules whose warnings on a partner are accepted: their ids with blanks between them, sorted.

ALTER TABLE partner
    ADD COLUMN accepted_warnings text COLLATE "C" NOT NULL DEFAULT '' CHECK (accepted_warnings ~ '^[a-z -]*$');
