-- How many steps have a verdict of mine, and what would the 7-day rate be with them?
with mature as (
    select
        g.initiator,
        g.outcome,
        s.verdict,
        coalesce(g.status = 'answered' and g.grade in ('A', 'B', 'C') and g.lag_s <= 7 * 86400, false) as answered
    from gestures as g
    left join steps as s on g.gesture_id = s.gesture_id
    where g.at_risk and g.censored_after_s >= 7 * 86400
),

verdicts as (
    select
        g.initiator,
        g.outcome,
        count(*) as verdicts
    from steps as s
    inner join gestures as g on s.gesture_id = g.gesture_id
    group by g.initiator, g.outcome
),

counted as (
    select
        initiator,
        outcome,
        count(*) as gestures,
        count(*) filter (answered) as answered,
        count(*) filter (not answered and verdict in ('done', 'elsewhere')) as done,
        count(*) filter (not answered and verdict = 'no_answer_needed') as not_needed
    from mature
    group by initiator, outcome
)

select
    c.initiator,
    c.outcome,
    coalesce(v.verdicts, 0) as verdicts,
    c.gestures,
    c.answered / c.gestures as measured_share,
    c.done as counted_as_answered,
    c.not_needed as not_counted,
    (c.answered + c.done) / nullif(c.gestures - c.not_needed, 0) as share_with_verdicts
from counted as c
left join verdicts as v on c.initiator = v.initiator and c.outcome = v.outcome
order by c.initiator, c.outcome;
