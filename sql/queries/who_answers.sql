-- Which contacts answer my gestures, highest lower bound of the share first?
select
    c.display_name,
    r.gestures,
    r.answered,
    round(r.share, 2) as share,
    round(r.low, 2) as low,
    round(r.high, 2) as high,
    human_lag(r.median_lag_s) as typical_lag
from contact_reciprocation as r
inner join contacts as c on r.contact_id = c.contact_id
where r.initiator = 'me' and r.outcome = 'worded' and r.gestures > 0
order by r.low desc, r.gestures desc, c.display_name
limit 50;
