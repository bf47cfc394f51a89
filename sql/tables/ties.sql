-- One row a relation without direction in time: undated or mutual, and undated acts towards a known person.
create table ties (
    account_id VARCHAR, -- owner's account
    contact_id VARCHAR, -- person
    platform VARCHAR, -- platform
    kind VARCHAR, -- follows, followed_by, connected, subscribed_to_list, listed, in_address_book, blocked, liked, reacted
    since TIMESTAMPTZ, -- earliest date known
    last_seen_at TIMESTAMPTZ, -- newest export that shows it
    missing_since TIMESTAMPTZ, -- first newer complete list without it
    archive_id VARCHAR -- newest archive that shows it
);
