-- How long do answers take in hours in which the responder is active? Quantiles of the lag counted in active hours, beside
-- the plain lag of the same answers (methods:active-hours).
-- Key: initiator, outcome, dimension, value, quantile.
create table active_lag (
    -- Who made the gestures: the owner (`me`) or the contacts (`them`). The responder is the other side.
    initiator VARCHAR not null check (initiator in ('me', 'them')),
    -- Which answers count: only those with words (`worded`) or all (`any`).
    outcome VARCHAR not null check (outcome in ('worded', 'any')),
    -- What the gestures are grouped by (methods:dimensions).
    dimension VARCHAR not null check (dimension in ('all', 'platform', 'level')),
    -- Value of the dimension; of dimension `all` it is `all`.
    value VARCHAR not null,
    -- Quantile: 0.25, 0.5, 0.75 or 0.9.
    quantile DOUBLE not null check (quantile in (0.25, 0.5, 0.75, 0.9)),
    -- The quantile of the lag counted in the responder's active hours; NULL below 10 answers. [seconds]
    active_s DOUBLE,
    -- The quantile of the plain lag of the same answers; NULL below 10 answers. [seconds]
    wall_s DOUBLE,
    -- Answers that both quantiles are computed from: within 14 days, to gestures followed for at least 14 days, the time of
    -- day of both known.
    answers BIGINT not null,
    -- `fewer_than_10_answers`: no quantile is shown; NULL when there is nothing to say.
    note VARCHAR check (note in ('fewer_than_10_answers'))
);
