-- Level of each contact at the end of each month, computed from what had happened by then.
-- Key: contact_id, month.
create table levels (
    -- The contact.
    contact_id VARCHAR not null,
    -- Month as YYYY-MM in the time zone of the settings.
    month VARCHAR not null,
    -- Level at its end (methods:levels), from stranger to close.
    level VARCHAR not null check (level in ('stranger', 'one_sided_mine', 'one_sided_theirs', 'acquaintance', 'friend', 'close')),
    -- Whether an explicit opt-in of the contact is on record and not withdrawn.
    opted_in BOOLEAN not null,
    -- Whether the contact has been silent for longer than usual (methods:dormancy).
    dormant BOOLEAN not null
);
