-- How often a rule of METHODS 1 fired.
create table matching_counts (
    initiator VARCHAR, -- me or them
    outcome VARCHAR, -- worded or any
    name VARCHAR, -- rule
    value BIGINT -- how often
);
