-- Pairs of values of one dimension, compared: answered shares within 7 days, answers in words. An association, not a
-- cause.
-- Key: initiator, outcome, dimension, first, second, horizon_days.
create table comparisons (
    -- Who made the gestures: the owner (`me`) or the contacts (`them`).
    initiator VARCHAR not null check (initiator in ('me', 'them')),
    -- Which answers count; comparisons are made for `worded` only.
    outcome VARCHAR not null check (outcome in ('worded', 'any')),
    -- What the two values are values of: platform, class, tier, level, or one of texts (methods:dimensions).
    dimension VARCHAR not null check (
        dimension in ('platform', 'class', 'tier', 'level', 'craft', 'templated', 'intent', 'asked', 'tone')
    ),
    -- One value.
    first VARCHAR not null,
    -- The other value, later in alphabetical order.
    second VARCHAR not null,
    -- Time allowed for an answer. [days]
    horizon_days BIGINT not null,
    -- Gestures at risk of the first value.
    gestures_first BIGINT not null,
    -- Gestures at risk of the second value.
    gestures_second BIGINT not null,
    -- Gestures of the first value answered within the horizon.
    answered_first BIGINT not null,
    -- Gestures of the second value answered within the horizon.
    answered_second BIGINT not null,
    -- Contacts with gestures of both values.
    shared_contacts BIGINT not null,
    -- Answered share of the first value (Aalen–Johansen); NULL when not tested, or where reciprocation hides it. [0 to
    -- 1]
    share_first DOUBLE,
    -- Answered share of the second value. [0 to 1]
    share_second DOUBLE,
    -- share_first − share_second. [−1 to 1]
    difference DOUBLE,
    -- Lower end of the 95 % interval of the difference, contacts resampled. [−1 to 1]
    low DOUBLE,
    -- Upper end of that interval. [−1 to 1]
    high DOUBLE,
    -- Log-rank statistic stratified by contact, so that what is constant about a person cancels out.
    chi_square DOUBLE,
    -- p value of that statistic. [0 to 1]
    p_value DOUBLE,
    -- p value adjusted (Holm) over all tested pairs of the initiator and dimension. [0 to 1]
    p_holm DOUBLE,
    -- Whether there was enough to test: at least 30 answered gestures of each value and 10 shared contacts.
    tested BOOLEAN not null,
    -- Codes, joined with `; `: why the pair was not tested or no share is shown; NULL when nothing is to be said.
    note VARCHAR
);
