-- Answered shares by dimension, with the number of answers, which the report shows where a group is too small for a share.
-- the gestures are read once and reduced to few rows, from which the groups below are counted
with tallied as (
    select
        initiator,
        outcome,
        platform,
        class,
        count(*) filter (status = 'answered' and grade in ('A', 'B', 'C') and lag_s <= 86400) as within_1,
        count(*) filter (status = 'answered' and grade in ('A', 'B', 'C') and lag_s <= 604800) as within_7,
        count(*) filter (status = 'answered' and grade in ('A', 'B', 'C') and lag_s <= 1209600) as within_14
    from gestures
    where at_risk
    group by all
),

counted as (
    select
        t.initiator,
        t.outcome,
        d.dimension,
        d.value,
        h.horizon_days,
        sum(h.answered)::BIGINT as answered
    from tallied as t
    cross join lateral (values (1, t.within_1), (7, t.within_7), (14, t.within_14)) as h (horizon_days, answered)
    cross join lateral (values ('all', 'all'), ('platform', t.platform), ('class', t.class)) as d (dimension, value)
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
        'all', 'platform', 'class', 'tier', 'level', 'asked', 'turn_gap', 'certainty', 'exclusions', 'visibility',
        'grade'
    )
order by r.dimension, r.value, r.initiator, r.outcome, r.horizon_days
