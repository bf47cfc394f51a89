-- Acts that belong to no contact: the owner's acts whose counterpart the export does not name, posts addressed to no
-- one, acts of anonymous people.
create table unattributed (
    -- Platform.
    platform VARCHAR not null,
    -- What was done, as in interactions, or `post`.
    kind VARCHAR not null,
    -- By the owner (`outbound`) or towards the owner (`inbound`).
    direction VARCHAR not null check (direction in ('outbound', 'inbound')),
    -- When it was done; NULL when the export does not say. [UTC]
    occurred_at TIMESTAMPTZ,
    -- Plain text, markup removed; NULL for an act without text.
    text VARCHAR,
    -- Address of the act, or the address that it carries.
    url VARCHAR,
    -- Archive that holds the current version of the act.
    archive_id VARCHAR not null,
    -- Member of that archive.
    member VARCHAR not null,
    -- Location of the record in the member: JSON pointer, line or byte offset.
    pointer VARCHAR not null,
    -- The owner's account.
    account_id VARCHAR,
    -- The platform's identifier of the act; NULL when the export has none.
    native_id VARCHAR
);
