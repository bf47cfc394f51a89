-- One row a directed act between the owner and one contact: a message, a reply, a like. An act towards several people
-- has a row for each.
-- Key: interaction_id.
create table interactions (
    -- Hash of platform, account, native_id (else content and ordinal), the contact's identity and kind.
    interaction_id VARCHAR not null,
    -- The contact.
    contact_id VARCHAR not null,
    -- The owner's account.
    account_id VARCHAR not null,
    -- Platform.
    platform VARCHAR not null,
    -- From the owner to the contact (`outbound`) or from the contact to the owner (`inbound`).
    direction VARCHAR not null check (direction in ('outbound', 'inbound')),
    -- What was done: message, reply, like, opt_in and so on. An open interactions file may name its own kinds.
    kind VARCHAR not null,
    -- Class of the kind (methods:interaction-fields).
    class VARCHAR not null check (class in ('message', 'comment', 'reaction', 'share', 'follow', 'invite', 'endorsement', 'subscription')),
    -- When it was done, as the export writes it; a coarse time is the start of its minute or day. [UTC]
    occurred_at TIMESTAMPTZ not null,
    -- Resolution of that time: 1 for a second, 60 for a minute, 86400 for a date. [seconds]
    resolution_s BIGINT not null,
    -- Conversation or post on the platform; NULL when there is none.
    thread_id VARCHAR,
    -- The interaction that it answers; NULL when it answers none or that one is unknown.
    reply_to VARCHAR,
    -- Whether it belongs to a group chat.
    is_group BOOLEAN not null,
    -- The platform's identifier of the act; NULL when the export has none.
    native_id VARCHAR,
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
    -- Identity of the contact that took part.
    identity_id VARCHAR not null,
    -- Where it took place: in private (`direct`), in a group chat (`group`) or in public (`public`).
    surface VARCHAR not null check (surface in ('direct', 'group', 'public')),
    -- The platform's identifier of the act that it answers, even when that act is not in the data.
    reply_to_native VARCHAR,
    -- Position in a member that is known to be in true order of time; NULL otherwise.
    seq BIGINT,
    -- Evidence that the act was automatic, such as an auto-reply header; NULL when there is none.
    automatic VARCHAR,
    -- Whether the export gives no time zone, so that the zone of the settings was assumed.
    zone_assumed BOOLEAN not null
);
