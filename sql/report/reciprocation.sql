-- Answered shares by what the reader compares, and beside them the plain count of answers, for groups too small for a share.
with counted as (
    select
        g.initiator,
        g.outcome,
        d.dimension,
        d.value,
        h.horizon_days,
        count(*) filter (
            g.status = 'answered' and g.grade in ('A', 'B', 'C') and g.lag_s <= h.horizon_days * 86400
        ) as answered
    from gestures as g
    cross join (values (1), (7), (14)) as h (horizon_days)
    cross join lateral (values ('all', 'all'), ('platform', g.platform), ('class', g.class)) as d (dimension, value)
    where g.at_risk
    group by all
)

select
    r.initiator,
    r.outcome,
    r.dimension,
    r.value,
    r.horizon_days,
    r.gestures,
    r.contacts,
    c.answered,
    r.answered_share,
    r.low,
    r.high,
    r.naive_share,
    r.mature_share,
    r.one_minus_km,
    r.chance_share,
    r.lift,
    r.design_effect,
    r.shown,
    r.note
from reciprocation as r
left join counted as c
    on
        r.initiator = c.initiator
        and r.outcome = c.outcome
        and r.dimension = c.dimension
        and r.value = c.value
        and r.horizon_days = c.horizon_days
where
    r.dimension in (
        'all', 'platform', 'class', 'tier', 'level', 'turn_gap', 'certainty', 'exclusions', 'visibility',
        'grade'
    )
order by r.dimension, r.value, r.initiator, r.outcome, r.horizon_days
