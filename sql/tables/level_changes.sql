-- Dated moves between levels.
create table level_changes (
    contact_id VARCHAR, -- person
    "from" VARCHAR, -- level before
    "to" VARCHAR, -- level after
    changed_at TIMESTAMPTZ -- when the rule first held
);
