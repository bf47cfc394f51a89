-- After d days of silence, will an answer still arrive? Share of the gestures open for so long that are answered within
-- 14 days of the gesture (methods:silence).
-- Key: initiator, outcome, dimension, value, silent_days.
create table silence (
    -- Who made the gestures: the owner (`me`) or the contacts (`them`).
    initiator VARCHAR not null check (initiator in ('me', 'them')),
    -- Which answers count: only those with words (`worded`) or all (`any`).
    outcome VARCHAR not null check (outcome in ('worded', 'any')),
    -- What the gestures are grouped by (methods:dimensions).
    dimension VARCHAR not null check (dimension in ('all', 'platform', 'level')),
    -- Value of the dimension; of dimension `all` it is `all`.
    value VARCHAR not null,
    -- Time since the gesture without an answer or a follow-up. [days]
    silent_days BIGINT not null check (silent_days in (1, 2, 3, 5, 7, 10)),
    -- Gestures that are still open and watched after that silence.
    at_risk BIGINT not null,
    -- Share of them that is answered within 14 days of the gesture, before the initiator follows up. [0 to 1]
    answered_share DOUBLE,
    -- Lower end of its 95 % interval, contacts resampled. [0 to 1]
    low DOUBLE,
    -- Upper end of that interval. [0 to 1]
    high DOUBLE,
    -- Whether enough gestures are at risk to show the share.
    shown BOOLEAN not null,
    -- Codes, joined with `; `: why the share is not shown, or has no interval; NULL when there is nothing to say.
    note VARCHAR
);
