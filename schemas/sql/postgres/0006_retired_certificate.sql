-- A certificate that must not be used again.

ALTER TABLE cert_request
    DROP CONSTRAINT cert_request_state_check,
    ADD CONSTRAINT cert_request_state_check
        CHECK (state IN ('pending', 'issued', 'assigned', 'replaced', 'cancelled', 'retired')),
    ADD COLUMN retired_at        text COLLATE "C",
    ADD COLUMN retirement_reason text COLLATE "C" CHECK (retirement_reason IN ('key-compromise', 'superseded', 'cessation')),
    ADD CONSTRAINT retired_for_a_reason CHECK ((state = 'retired') = (retirement_reason IS NOT NULL)),
    ADD CONSTRAINT retired_once CHECK ((retired_at IS NULL) = (retirement_reason IS NULL));
