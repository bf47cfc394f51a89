-- Pairs of identities that may be one person, for the owner to decide; the tool never merges them by itself. One row a
-- pair of contacts (methods:suggestions).
-- Key: identity_a, identity_b.
create table identity_suggestions (
    -- One identity.
    identity_a VARCHAR not null,
    -- The other identity.
    identity_b VARCHAR not null,
    -- How likely they are one person, on a scale that is no measured probability. [0 to 1]
    score DOUBLE,
    -- Why they may be one person, the strongest reason first.
    reasons VARCHAR[]
);
