-- Dated moves of contacts between levels.
-- Key: contact_id, changed_at.
create table level_changes (
    -- The contact.
    contact_id VARCHAR not null,
    -- Level before.
    "from" VARCHAR not null check ("from" in ('stranger', 'one_sided_mine', 'one_sided_theirs', 'acquaintance', 'friend', 'close')),
    -- Level after.
    "to" VARCHAR not null check ("to" in ('stranger', 'one_sided_mine', 'one_sided_theirs', 'acquaintance', 'friend', 'close')),
    -- When the rule of the level first applied, or no longer applied. [UTC]
    changed_at TIMESTAMPTZ not null
);
