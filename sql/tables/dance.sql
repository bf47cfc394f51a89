-- One contact's dance: who begins, how steps alternate.
create table dance (
    contact_id VARCHAR, -- person
    initiations BIGINT, -- turns after at least 24 hours of silence of both
    initiations_mine BIGINT, -- of them the owner's
    restarts BIGINT, -- turns after at least 30 days of silence
    restarts_mine BIGINT, -- of them the owner's
    longest_one_sided BIGINT, -- most own gestures in a row, none answered, nothing from them in between
    current_one_sided BIGINT, -- the same, running now
    longest_dance BIGINT, -- most turns in a row that each answer the one before
    steps_mine BIGINT, -- owner's steps up the intimacy order
    steps_mine_matched BIGINT, -- of them followed by theirs within 14 days
    steps_theirs BIGINT, -- their steps up
    steps_theirs_matched BIGINT, -- of them followed by the owner's within 14 days
    events_mine BIGINT, -- owner's events
    events_theirs BIGINT, -- their events
    exchanges BIGINT, -- answered gestures of either side
    initiative_share DOUBLE, -- initiations_mine / initiations
    initiative_low DOUBLE, -- Wilson interval, lower
    initiative_high DOUBLE, -- upper
    restart_share DOUBLE, -- restarts_mine / restarts
    restarts_answered_share DOUBLE, -- of the owner's restarts, answered
    alternation_index DOUBLE, -- 0 to 1: how far the two sides alternate; NULL below 3 events each
    alternation_z DOUBLE, -- Wald–Wolfowitz z of the same
    step_matching_theirs DOUBLE, -- share of the owner's steps up that they followed
    step_matching_mine DOUBLE, -- share of their steps up that the owner followed
    strength DOUBLE -- exchanges, each halved every 90 days
);
