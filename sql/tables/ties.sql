-- One row a relation with a contact that is undated or mutual, such as a follow or a connection, and undated acts
-- towards a known contact.
-- Key: account_id, contact_id, platform, kind.
create table ties (
    -- The owner's account.
    account_id VARCHAR not null,
    -- The contact.
    contact_id VARCHAR not null,
    -- Platform.
    platform VARCHAR not null,
    -- Kind of relation, seen from the owner: the owner follows, is followed by, is connected with, …
    kind VARCHAR not null check (
        kind in (
            'follows', 'followed_by', 'connected', 'subscribed_to_list', 'listed', 'in_address_book', 'blocked', 'liked', 'reacted'
        )
    ),
    -- Earliest date known; NULL when there is none. [UTC]
    since TIMESTAMPTZ,
    -- Newest export that shows the relation. [UTC]
    last_seen_at TIMESTAMPTZ,
    -- First newer export with a complete list that lacks the relation; NULL when there is none. [UTC]
    missing_since TIMESTAMPTZ,
    -- Newest archive that shows the relation.
    archive_id VARCHAR not null
);
