-- Who follows whom: one row for each contact and platform with a follow or a connection, now or earlier
-- (methods:follows). A connection counts as a follow in both directions.
-- Key: contact_id, platform.
create table follows (
    -- The contact.
    contact_id VARCHAR not null,
    -- Platform.
    platform VARCHAR not null,
    -- Both follow (`mutual`), only the owner or only the contact does as far as the lists show (`only_mine`,
    -- `only_theirs`), the owner no longer does (`gone_mine`), or the contact no longer does (`gone_theirs`). Absence
    -- from an incomplete list never makes a follow `gone`.
    status VARCHAR not null check (status in ('mutual', 'only_mine', 'only_theirs', 'gone_mine', 'gone_theirs')),
    -- When the follow named by the status began (for `mutual`, the later of the two); NULL where no export dates it.
    -- [UTC]
    since TIMESTAMPTZ,
    -- Date of the first complete list without the follow, where a complete list showed it before: it ended by then.
    -- NULL otherwise. [UTC]
    gone_since TIMESTAMPTZ,
    -- Date of the newest list of follows or connections of the owner's account. [UTC]
    seen_at TIMESTAMPTZ,
    -- Whether the newest lists of both directions are complete, so that an absence from them is known.
    complete BOOLEAN not null
);
