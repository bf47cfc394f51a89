-- How often the owner and a contact have an exchange, and which contacts are overdue by that rhythm (methods:rhythm).
-- A row for each contact with an exchange.
-- Key: contact_id.
create table rhythm (
    -- The contact.
    contact_id VARCHAR not null,
    -- Exchanges of the outcome `worded`, of either side.
    exchanges BIGINT not null,
    -- Median time between consecutive exchanges; NULL with a single exchange. [s]
    median_gap_s DOUBLE,
    -- Time that 90 % of those gaps don't exceed; NULL with a single exchange. [s]
    p90_gap_s DOUBLE,
    -- The latest exchange, dated at its answer. [UTC]
    last_exchange_at TIMESTAMPTZ not null,
    -- By how much the time since the latest exchange exceeds p90_gap_s, up to the end of what archives show; 0: it does not
    -- exceed it. NULL with fewer than 5 gaps. [s]
    overdue_s DOUBLE
);
