-- One contact's answers, shrunken, and the balance of turns.
create table contact_reciprocation (
    contact_id VARCHAR, -- person
    initiator VARCHAR, -- me or them
    outcome VARCHAR, -- worded or any
    gestures BIGINT, -- mature at 7 days
    answered BIGINT, -- of them answered by 7 days, grades A–C
    share DOUBLE, -- posterior mean
    low DOUBLE, -- 90 % interval
    high DOUBLE, -- 90 % interval
    median_lag_s DOUBLE, -- over answered gestures, seconds
    open_since TIMESTAMPTZ, -- oldest gesture still open
    whose_step VARCHAR, -- mine, theirs or nobody
    mine BIGINT, -- owner's turns
    theirs BIGINT, -- contact's turns
    share_mine DOUBLE, -- mine / all turns
    signed DOUBLE, -- (mine − theirs) / all
    "symmetric" DOUBLE, -- min / max
    log_ratio DOUBLE, -- ln((mine + ½) / (theirs + ½))
    effort_share_mine DOUBLE, -- owner's share of the words
    response_balance DOUBLE, -- their rate − the owner's rate; NULL without both
    not_responding BOOLEAN, -- not responding so far (METHODS 2.6)
    signed_shrunk DOUBLE, -- (mine − theirs) / (all + 4): shrunk towards balance
    prior_a DOUBLE, -- prior of the answered share: pooled answers
    prior_b DOUBLE -- prior of the answered share: pooled non-answers
);
