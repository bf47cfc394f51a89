-- What share of my gestures is answered within 7 days, by platform, and what share would be by chance?
select
    value as platform,
    gestures,
    contacts,
    round(answered_share, 3) as answered_share,
    round(low, 3) as low,
    round(high, 3) as high,
    round(chance_share, 3) as chance_share,
    note
from reciprocation
where initiator = 'me' and outcome = 'worded' and dimension = 'platform' and horizon_days = 7
order by gestures desc;
