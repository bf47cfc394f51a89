-- Answered share as the lag grows.
select
    initiator,
    dimension,
    value,
    lag_s,
    answered_share,
    low,
    high,
    at_risk
from response_lag
where outcome = 'worded' and dimension in ('all', 'platform', 'tier')
order by dimension, value, initiator, lag_s
