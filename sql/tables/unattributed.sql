-- Owner's acts whose counterpart the export does not name, posts to nobody, acts of nameless people.
create table unattributed (
    platform VARCHAR, -- platform
    kind VARCHAR, -- kind, or post
    direction VARCHAR, -- outbound or inbound
    occurred_at TIMESTAMPTZ, -- time; NULL where the export has none
    text VARCHAR, -- plain text
    url VARCHAR, -- address
    archive_id VARCHAR, -- archive
    member VARCHAR, -- file in it
    pointer VARCHAR, -- place in the file
    account_id VARCHAR, -- owner's account
    native_id VARCHAR -- the platform's id of the act
);
