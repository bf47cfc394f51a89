-- Quantiles of the response lag: the time by which a share of all gestures is answered, and the lag of the answers
-- there were.
-- Key: initiator, outcome, dimension, value, quantile.
create table lag_quantiles (
    -- Who made the gestures: the owner (`me`) or the contacts (`them`).
    initiator VARCHAR not null check (initiator in ('me', 'them')),
    -- Which answers count: only those with words (`worded`) or all (`any`).
    outcome VARCHAR not null check (outcome in ('worded', 'any')),
    -- What the gestures are grouped by: as in reciprocation, and hour_of_week (methods:dimensions).
    dimension VARCHAR not null check (
        dimension in (
            'all', 'platform', 'class', 'tier', 'level', 'month', 'craft', 'templated', 'intent',
            'earlier_gifts', 'asked', 'tone', 'hour', 'exclusions', 'visibility', 'turn_gap', 'grade', 'certainty',
            'hour_of_week'
        )
    ),
    -- Value of the dimension. Of hour_of_week `Mon 00` to `Sun 23`: the hour of the gesture's first interaction in the
    -- time zone of the settings.
    value VARCHAR not null,
    -- Quantile: 0.25, 0.5, 0.75 or 0.9.
    quantile DOUBLE not null check (quantile in (0.25, 0.5, 0.75, 0.9)),
    -- Lag by which that share of all gestures is answered (Kaplan–Meier); NULL when it is not reached. [seconds]
    unconditional_s DOUBLE,
    -- Lower end of its interval. [seconds]
    low DOUBLE,
    -- Upper end of its interval; NULL: open-ended. [seconds]
    high DOUBLE,
    -- The quantile of the lags of answers, among gestures that could be followed for the whole window. [seconds]
    conditional_s DOUBLE,
    -- Gestures that could be followed for the whole window.
    mature_gestures BIGINT not null,
    -- Codes, joined with `; `: not_reached, open_ended, day_grain and those of reciprocation; NULL when there is none.
    note VARCHAR
);
