-- One row a person.
create table contacts (
    contact_id VARCHAR, -- least identity_id of the person
    display_name VARCHAR, -- name in the newest export that tells one
    identities BIGINT, -- how many identities were joined
    platforms VARCHAR[], -- platforms on which the person is known, sorted
    first_at TIMESTAMPTZ, -- first interaction; NULL when there is none
    last_at TIMESTAMPTZ, -- last interaction
    excluded BOOLEAN, -- left out of gestures and figures
    exclusion_reason VARCHAR -- owner's decision, or the rule of METHODS 2.7
);
