-- Level of each contact at the end of each month, from events up to then.
create table levels (
    contact_id VARCHAR, -- person
    month VARCHAR, -- YYYY-MM
    level VARCHAR, -- stranger, one_sided_mine, one_sided_theirs, acquaintance, friend, close
    opted_in BOOLEAN, -- explicit opt-in on record
    dormant BOOLEAN -- silent for longer than usual
);
