-- The identities of the contacts, one row a person's identity on a platform. An identity_id never changes.
-- Key: identity_id.
create table identities (
    -- Identifier of the identity: `platform:native_id`.
    identity_id VARCHAR not null,
    -- The contact that the identity belongs to.
    contact_id VARCHAR not null,
    -- Platform.
    platform VARCHAR not null,
    -- The platform's identifier of the person; where the export has none the handle, the profile URL, the e-mail
    -- address, `thread:<id>` or `name:<normalised name>`.
    native_id VARCHAR not null,
    -- Handle in the newest export that states one.
    handle VARCHAR,
    -- Name in the newest export that states one.
    display_name VARCHAR,
    -- Profile or site.
    url VARCHAR,
    -- E-mail address.
    email VARCHAR,
    -- Evidence that joined the identity to the contact's others, codes joined with `+` (methods:joins); NULL when it is
    -- the only one.
    join_reason VARCHAR,
    -- Handles of the same account in older exports; NULL when there are none.
    former_handles VARCHAR[]
);
