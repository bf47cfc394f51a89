-- Possible same persons, for the owner to confirm; never merged by the tool. Empty until part D fills it.
create table identity_suggestions (
    identity_a VARCHAR, -- identity
    identity_b VARCHAR, -- identity
    score DOUBLE, -- 0 to 1
    reasons VARCHAR[] -- what speaks for it
);
