-- Pairs of identities that may be one person, for the owner to decide; the tool never merges them by itself. Empty for
-- now: no release computes them yet.
-- Key: identity_a, identity_b.
create table identity_suggestions (
    -- One identity.
    identity_a VARCHAR not null,
    -- The other identity.
    identity_b VARCHAR not null,
    -- How alike they are. [0 to 1]
    score DOUBLE,
    -- Evidence that they are one person.
    reasons VARCHAR[]
);
