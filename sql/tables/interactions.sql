-- One row a directed event between the owner and one contact.
create table interactions (
    interaction_id VARCHAR, -- hash of platform, account, native_id (else content and ordinal), contact's identity and kind
    contact_id VARCHAR, -- person
    account_id VARCHAR, -- owner's account
    platform VARCHAR, -- platform
    direction VARCHAR, -- outbound (owner to contact) or inbound
    kind VARCHAR, -- what was done: reply, like, message, opt_in …
    class VARCHAR, -- message, comment, reaction, share, follow, invite, endorsement, subscription
    occurred_at TIMESTAMPTZ, -- what is written: start of the interval of its resolution
    resolution_s BIGINT, -- width in which the time is written, seconds: 1, 60, 86400
    thread_id VARCHAR, -- conversation or post on the platform
    reply_to VARCHAR, -- interaction_id that it answers; NULL when unknown
    is_group BOOLEAN, -- several people could read it in a group chat
    native_id VARCHAR, -- the platform's id of the act
    text VARCHAR, -- plain text
    url VARCHAR, -- address of the act, or the one it carries
    archive_id VARCHAR, -- archive whose version stands
    member VARCHAR, -- file in it
    pointer VARCHAR, -- place in the file
    identity_id VARCHAR, -- identity of the contact that took part
    surface VARCHAR, -- direct, group or public
    reply_to_native VARCHAR, -- what the export says it answers, also when that is not in the data
    seq BIGINT, -- place in a file of true order; NULL otherwise
    automatic VARCHAR, -- evidence that nobody typed it; NULL otherwise
    zone_assumed BOOLEAN -- the export gives no zone: read in the settings' time zone
);
