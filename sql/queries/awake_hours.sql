-- How long do answers take in hours in which the responder is active, and how long by the clock?
select
    initiator,
    dimension,
    value,
    answers,
    human_lag(active_s) as median_active_lag,
    human_lag(wall_s) as median_plain_lag,
    note
from active_lag
where outcome = 'worded' and quantile = 0.5
order by initiator, dimension, value;
