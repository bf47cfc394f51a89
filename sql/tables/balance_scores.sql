-- How evenly the owner's outreach is spread over tiers and contacts, by period. Scores are NULL where more than half of the gestures went to contacts of unknown standing.
create table balance_scores (
    period VARCHAR, -- all, or YYYY-MM
    evenness DOUBLE, -- of gestures over guru, peer, newbie: 0 all in one, 1 even
    evenness_contacts DOUBLE, -- the same of contacts reached
    simpson DOUBLE, -- chance that two gestures went to different tiers
    distance DOUBLE, -- share of gestures that would have to move to meet the target mix; NULL when none is set
    distance_low DOUBLE, -- lower end of its 95 % interval, contacts resampled; NULL below 10 contacts
    distance_high DOUBLE, -- upper end
    gini DOUBLE, -- concentration of gestures over the contacts reached: 0 even; contacts without a gesture are outside
    unknown_share DOUBLE, -- of gestures, to contacts of unknown standing
    note VARCHAR -- why there is no score
);
