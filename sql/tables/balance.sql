-- Outreach and return by the standing of the contacts: how the owner's gestures, and the answers to them, are spread
-- over tiers in each period.
-- Key: period, tier.
create table balance (
    -- `all`, or a month as YYYY-MM in the time zone of the settings.
    period VARCHAR not null,
    -- Standing of the contact.
    tier VARCHAR not null check (tier in ('guru', 'peer', 'newbie', 'unknown')),
    -- The owner's gestures to contacts of the tier.
    gestures BIGINT not null,
    -- Contacts of the tier that these gestures reached.
    contacts BIGINT not null,
    -- The tier's share of the period's gestures. [0 to 1]
    outreach_share DOUBLE,
    -- Answers received from contacts of the tier.
    answers BIGINT not null,
    -- The tier's share of the period's answers. [0 to 1]
    return_share DOUBLE,
    -- The owner's target for the tier (`[target_mix]` in the settings); NULL when none is set. [0 to 1]
    target_share DOUBLE,
    -- The tier's share of the contacts reached in the period. [0 to 1]
    contact_share DOUBLE,
    -- The tier's share of the gestures to contacts of known standing; NULL for `unknown`. [0 to 1]
    outreach_share_known DOUBLE,
    -- answers / gestures; NULL with fewer than 5 contacts.
    attention_return DOUBLE
);
