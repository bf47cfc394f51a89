-- Answered share as the lag grows: a curve of 48 lags from a minute to 14 days.
-- Key: initiator, outcome, dimension, value, lag_s.
create table response_lag (
    -- Who made the gestures: the owner (`me`) or the contacts (`them`).
    initiator VARCHAR not null check (initiator in ('me', 'them')),
    -- Which answers count: only those with words (`worded`) or all (`any`).
    outcome VARCHAR not null check (outcome in ('worded', 'any')),
    -- What the gestures are grouped by, as in reciprocation.
    dimension VARCHAR not null check (
        dimension in (
            'all', 'platform', 'class', 'tier', 'level', 'month', 'craft', 'templated', 'intent',
            'earlier_gifts', 'asked', 'tone', 'hour', 'exclusions', 'visibility', 'turn_gap', 'grade', 'certainty'
        )
    ),
    -- Value of the dimension.
    value VARCHAR not null,
    -- Time since the gesture. [seconds]
    lag_s DOUBLE not null,
    -- Share answered by then (Aalen–Johansen). [0 to 1]
    answered_share DOUBLE,
    -- Lower end of its band, contacts resampled. [0 to 1]
    low DOUBLE,
    -- Upper end of its band. [0 to 1]
    high DOUBLE,
    -- 1 − Kaplan–Meier. [0 to 1]
    km_share DOUBLE,
    -- Lower end of its log-log band. [0 to 1]
    km_low DOUBLE,
    -- Upper end of its log-log band. [0 to 1]
    km_high DOUBLE,
    -- Gestures not yet answered, superseded or censored at that lag.
    at_risk BIGINT not null
);
