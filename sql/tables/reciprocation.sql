-- Share of gestures that are answered within 1, 7 and 14 days, with its interval and with what coincidence alone would
-- give.
-- Key: initiator, outcome, dimension, value, horizon_days.
create table reciprocation (
    -- Who made the gestures: the owner (`me`) or the contacts (`them`).
    initiator VARCHAR not null check (initiator in ('me', 'them')),
    -- Which answers count: only those with words (`worded`) or all (`any`).
    outcome VARCHAR not null check (outcome in ('worded', 'any')),
    -- What the gestures are grouped by (methods:dimensions). The headline is `all`; `certainty` leaves out answers of
    -- uncertain order.
    dimension VARCHAR not null check (
        dimension in (
            'all', 'platform', 'class', 'tier', 'level', 'month', 'craft', 'templated', 'intent',
            'earlier_gifts', 'asked', 'tone', 'hour', 'exclusions', 'visibility', 'turn_gap', 'grade', 'certainty'
        )
    ),
    -- Value of the dimension; of dimension `all` it is `all`.
    value VARCHAR not null,
    -- Time allowed for an answer. [days]
    horizon_days BIGINT not null check (horizon_days in (1, 7, 14)),
    -- Gestures at risk.
    gestures BIGINT not null,
    -- Contacts with a gesture at risk.
    contacts BIGINT not null,
    -- Share answered within the horizon, before the initiator followed up (Aalen–Johansen). [0 to 1]
    answered_share DOUBLE,
    -- Lower end of its 95 % interval, contacts resampled. [0 to 1]
    low DOUBLE,
    -- Upper end of that interval. [0 to 1]
    high DOUBLE,
    -- Answered within the horizon / all gestures: too low while some are young. [0 to 1]
    naive_share DOUBLE,
    -- The same among gestures that could be followed for the whole horizon. [0 to 1]
    mature_share DOUBLE,
    -- 1 − Kaplan–Meier, follow-ups taken as censoring: the share if initiators never followed up. [0 to 1]
    one_minus_km DOUBLE,
    -- Answered share without explicit links, over the contacts of the chance share. [0 to 1]
    answered_share_adjacent DOUBLE,
    -- What coincidence alone would give: rotation null, computed exactly (methods:analytic-chance). [0 to 1]
    chance_share DOUBLE,
    -- Largest of three simulated rotation nulls; dimension `all` only. [0 to 1]
    chance_share_simulated DOUBLE,
    -- Share of the rotations that reach the observed share; never 0. [0 to 1]
    p_value DOUBLE,
    -- answered_share_adjacent / chance_share; NULL where that ratio is not meaningful.
    lift DOUBLE,
    -- (answered_share_adjacent − chance_share) / (1 − chance_share).
    kappa DOUBLE,
    -- Variance with contacts resampled / variance of as many independent gestures.
    design_effect DOUBLE,
    -- Whether enough gestures are at risk to show the shares.
    shown BOOLEAN not null,
    -- Codes, joined with `; `: why the shares are not shown, and what to know of them; NULL when there is nothing to
    -- say.
    note VARCHAR
);
