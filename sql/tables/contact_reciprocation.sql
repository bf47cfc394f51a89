-- Reciprocation with one contact: the answered share, shrunken towards that of all contacts, and the balance of turns.
-- Key: contact_id, initiator, outcome.
create table contact_reciprocation (
    -- The contact.
    contact_id VARCHAR not null,
    -- Who made the gestures: the owner (`me`) or the contact (`them`).
    initiator VARCHAR not null check (initiator in ('me', 'them')),
    -- Which answers count: only those with words (`worded`) or all (`any`).
    outcome VARCHAR not null check (outcome in ('worded', 'any')),
    -- Gestures at risk that could be followed for 7 days.
    gestures BIGINT not null,
    -- Those of them answered within 7 days, grades A to C.
    answered BIGINT not null,
    -- Answered share: posterior mean of a beta-binomial model, so that 1 of 1 is not 100 %; NULL without gestures. [0
    -- to 1]
    share DOUBLE,
    -- Lower end of the 90 % credible interval. [0 to 1]
    low DOUBLE,
    -- Upper end of the 90 % credible interval. [0 to 1]
    high DOUBLE,
    -- Median lag of the answers. [seconds]
    median_lag_s DOUBLE,
    -- Start of the oldest gesture that is still open; NULL when none is. [UTC]
    open_since TIMESTAMPTZ,
    -- Whose step it is next: the owner's (`mine`), the contact's (`theirs`) or `nobody`'s. Equal in all rows of a
    -- contact and outcome.
    whose_step VARCHAR not null check (whose_step in ('mine', 'theirs', 'nobody')),
    -- The owner's turns.
    mine BIGINT not null,
    -- The contact's turns.
    theirs BIGINT not null,
    -- mine / (mine + theirs). [0 to 1]
    share_mine DOUBLE,
    -- (mine − theirs) / (mine + theirs). [−1 to 1]
    signed DOUBLE,
    -- The smaller of mine and theirs / the larger: 1 is even, 0 is one-sided. [0 to 1]
    "symmetric" DOUBLE,
    -- ln((mine + ½) / (theirs + ½)). [natural logarithm]
    log_ratio DOUBLE,
    -- The owner's share of the words that passed between the two; NULL without words. [0 to 1]
    effort_share_mine DOUBLE,
    -- The contact's answered share − the owner's, both unshrunken; NULL unless both have gestures. [−1 to 1]
    response_balance DOUBLE,
    -- Whether the contact has not responded so far (methods:not-responding). Says nothing about the reason.
    not_responding BOOLEAN not null,
    -- (mine − theirs) / (mine + theirs + 4): shrunken towards balance. [−1 to 1]
    signed_shrunk DOUBLE,
    -- First parameter of the beta prior: pooled answers.
    prior_a DOUBLE,
    -- Second parameter of the beta prior: pooled gestures without an answer.
    prior_b DOUBLE
);
