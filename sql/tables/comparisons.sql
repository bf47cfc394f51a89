-- Two values of a dimension held against each other: answered shares at 7 days, outcome worded. An association, not a cause.
create table comparisons (
    initiator VARCHAR, -- me or them
    outcome VARCHAR, -- worded
    dimension VARCHAR, -- platform, class, tier, level, craft, tone
    first VARCHAR, -- one value
    second VARCHAR, -- the other value
    horizon_days BIGINT, -- 7
    gestures_first BIGINT, -- gestures at risk of the first value
    gestures_second BIGINT, -- of the second
    answered_first BIGINT, -- of them answered by the horizon
    answered_second BIGINT, -- of the second
    shared_contacts BIGINT, -- contacts with gestures of both
    share_first DOUBLE, -- answered share of the first (Aalen–Johansen); NULL when not tested, or hidden as in reciprocation
    share_second DOUBLE, -- of the second
    difference DOUBLE, -- first minus second
    low DOUBLE, -- 95 % interval of the difference, contacts resampled
    high DOUBLE, -- upper end
    chi_square DOUBLE, -- log-rank stratified by contact: what is fixed about a person cancels
    p_value DOUBLE, -- its p value
    p_holm DOUBLE, -- adjusted over all tested pairs of the initiator and dimension
    tested BOOLEAN, -- at least 30 answered of each and 10 shared contacts
    note VARCHAR -- why it was not tested, or why no share is shown
);
