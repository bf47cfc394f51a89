-- Quartiles of the lag of answers, and the time by which half of all gestures were answered; one row a group.
select
    q.initiator,
    q.dimension,
    q.value,
    max(q.mature_gestures) as gestures,
    max(r.contacts) as contacts,
    max(q.conditional_s) filter (q.quantile = 0.25) as conditional_25_s,
    max(q.conditional_s) filter (q.quantile = 0.5) as conditional_50_s,
    max(q.conditional_s) filter (q.quantile = 0.75) as conditional_75_s,
    max(q.unconditional_s) filter (q.quantile = 0.5) as unconditional_50_s,
    max(q.low) filter (q.quantile = 0.5) as unconditional_50_low_s,
    max(q.high) filter (q.quantile = 0.5) as unconditional_50_high_s
from lag_quantiles as q
left join reciprocation as r
    on
        q.initiator = r.initiator
        and q.outcome = r.outcome
        and q.dimension = r.dimension
        and q.value = r.value
        and r.horizon_days = 7
where q.outcome = 'worded' and q.dimension in ('all', 'platform', 'class', 'tier')
group by q.initiator, q.dimension, q.value
order by q.dimension, q.value, q.initiator
