-- One row a person with whom the owner has been in touch or is related.
-- Key: contact_id.
create table contacts (
    -- Identifier of the person: the least identity_id of its identities.
    contact_id VARCHAR not null,
    -- Name, taken from the newest export that states one; else the handle or the platform's identifier.
    display_name VARCHAR,
    -- Number of identities that were joined to the person.
    identities BIGINT not null,
    -- Platforms on which the person is known, sorted.
    platforms VARCHAR[] not null,
    -- First interaction; NULL when there is none. [UTC]
    first_at TIMESTAMPTZ,
    -- Last interaction; NULL when there is none. [UTC]
    last_at TIMESTAMPTZ,
    -- Whether the person is left out of gestures and figures.
    excluded BOOLEAN not null,
    -- Why the person is excluded: the owner's decision or a rule (methods:exclusions); NULL when not excluded.
    exclusion_reason VARCHAR
);
