-- How evenly the owner's gestures are spread over tiers and contacts in each period. Scores are NULL where more than
-- half of the gestures went to contacts of unknown standing.
-- Key: period.
create table balance_scores (
    -- `all`, or a month as YYYY-MM in the time zone of the settings.
    period VARCHAR not null,
    -- Evenness (normalised entropy) of the gestures over guru, peer and newbie: 0 all in one tier, 1 evenly spread. [0
    -- to 1]
    evenness DOUBLE,
    -- The same of the contacts reached. [0 to 1]
    evenness_contacts DOUBLE,
    -- Gini-Simpson index: probability that two gestures drawn at random went to different tiers. [0 to 1]
    simpson DOUBLE,
    -- Share of the gestures that would have to go to another tier to meet the target mix; NULL when no target is set.
    -- [0 to 1]
    distance DOUBLE,
    -- Lower end of the 95 % interval of the distance, contacts resampled; NULL with fewer than 10 contacts. [0 to 1]
    distance_low DOUBLE,
    -- Upper end of that interval. [0 to 1]
    distance_high DOUBLE,
    -- Gini coefficient of the gestures over the contacts reached: 0 evenly spread. Contacts without a gesture are not
    -- counted. [0 to 1]
    gini DOUBLE,
    -- Share of the gestures that went to contacts of unknown standing. [0 to 1]
    unknown_share DOUBLE,
    -- Why there is no score; NULL when there is one.
    note VARCHAR
);
