-- How the owner and one contact take turns: who begins, who begins again after a silence, how steps alternate and
-- match. Direct turns only; group chats are not counted.
-- Key: contact_id.
create table dance (
    -- The contact.
    contact_id VARCHAR not null,
    -- Turns of either side after at least 24 hours of silence of both.
    initiations BIGINT not null,
    -- Those of them that are the owner's.
    initiations_mine BIGINT not null,
    -- Turns of either side after at least 30 days of silence of both.
    restarts BIGINT not null,
    -- Those of them that are the owner's.
    restarts_mine BIGINT not null,
    -- Longest run of the owner's gestures with none answered and nothing from the contact in between.
    longest_one_sided BIGINT not null,
    -- Length of such a run that is still going on.
    current_one_sided BIGINT not null,
    -- Longest run of turns of which each answers the one before.
    longest_dance BIGINT not null,
    -- The owner's steps up the order of intimacy (methods:step-matching).
    steps_mine BIGINT not null,
    -- Those of them that the contact matched within 14 days.
    steps_mine_matched BIGINT not null,
    -- The contact's steps up the order of intimacy.
    steps_theirs BIGINT not null,
    -- Those of them that the owner matched within 14 days.
    steps_theirs_matched BIGINT not null,
    -- The owner's interactions.
    events_mine BIGINT not null,
    -- The contact's interactions.
    events_theirs BIGINT not null,
    -- Answered gestures of either side.
    exchanges BIGINT not null,
    -- initiations_mine / initiations; NULL without initiations. [0 to 1]
    initiative_share DOUBLE,
    -- Lower end of its 95 % Wilson interval. [0 to 1]
    initiative_low DOUBLE,
    -- Upper end of its 95 % Wilson interval. [0 to 1]
    initiative_high DOUBLE,
    -- restarts_mine / restarts; NULL without restarts. [0 to 1]
    restart_share DOUBLE,
    -- Share of the owner's restarts that were answered, among those whose answer the data could have shown. [0 to 1]
    restarts_answered_share DOUBLE,
    -- How far the two sides alternate: 0 one block each, 1 strictly by turns; NULL with fewer than 3 interactions of
    -- either. [0 to 1]
    alternation_index DOUBLE,
    -- Wald–Wolfowitz z of the same: 0 is random order. [standard deviations]
    alternation_z DOUBLE,
    -- steps_mine_matched / steps_mine. [0 to 1]
    step_matching_theirs DOUBLE,
    -- steps_theirs_matched / steps_theirs. [0 to 1]
    step_matching_mine DOUBLE,
    -- Sum of the exchanges, each halved for every 90 days of its age.
    strength DOUBLE
);
