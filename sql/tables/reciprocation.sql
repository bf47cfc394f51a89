-- Answered share of gestures at 1, 7 and 14 days, with its doubt and with what chance would give.
create table reciprocation (
    initiator VARCHAR, -- me or them
    outcome VARCHAR, -- worded or any
    dimension VARCHAR, -- all, platform, class, tier, level, month, craft, tone, hour, exclusions, visibility, turn_gap, grade, certainty (strict: without answers of uncertain order)
    value VARCHAR, -- value of the dimension
    horizon_days BIGINT, -- 1, 7 or 14
    gestures BIGINT, -- gestures in the risk set
    contacts BIGINT, -- contacts in the risk set
    answered_share DOUBLE, -- Aalen–Johansen share answered by the horizon, before a follow-up
    low DOUBLE, -- 95 % interval by contact, lower end
    high DOUBLE, -- upper end
    naive_share DOUBLE, -- answered by the horizon / all: too low while gestures are young
    mature_share DOUBLE, -- the same among gestures that were followed to the horizon
    one_minus_km DOUBLE, -- 1 − Kaplan–Meier, follow-ups as censored: had the initiator not followed up
    answered_share_adjacent DOUBLE, -- answered share without explicit links, over the contacts of the chance share
    chance_share DOUBLE, -- what coincidence alone would give (rotation, analytic)
    chance_share_simulated DOUBLE, -- largest of three simulated rotation nulls; dimension all only
    p_value DOUBLE, -- share of rotations that reach the observed one; never 0
    lift DOUBLE, -- answered_share_adjacent / chance_share, when it may be shown
    kappa DOUBLE, -- (answered_share_adjacent − chance_share) / (1 − chance_share)
    design_effect DOUBLE, -- variance by contact / variance of independent gestures
    shown BOOLEAN, -- enough is at risk to show the shares
    note VARCHAR -- why not, and what to know
);
