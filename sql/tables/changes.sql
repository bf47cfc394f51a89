-- What the last run changed.
create table changes (
    what VARCHAR, -- what changed
    value BIGINT, -- how many
    detail VARCHAR -- names or ids
);
