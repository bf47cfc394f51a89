-- What the last run changed, compared with the warehouse published before it.
-- Key: what.
create table changes (
    -- What is counted: new archives, new interactions, new contacts, new answers, levels moved.
    what VARCHAR not null,
    -- How many there are.
    value BIGINT not null,
    -- Up to ten names of the contacts concerned; NULL when there are none.
    detail VARCHAR
);
