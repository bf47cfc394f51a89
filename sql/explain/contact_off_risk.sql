-- Gestures off risk by reason, with what the coverage rows say of answers to them.
with off_risk as (
    select
        g.gesture_id,
        g.initiator,
        g.outcome,
        g.platform,
        g.class,
        g.off_risk_reason,
        string_agg(distinct v.reason, '; ' order by v.reason) as coverage,
        min(v.starts_at) filter (where v.visibility <> 'none') as covered_from,
        max(v.ends_at) filter (where v.visibility <> 'none') as covered_to
    from gestures as g
    left join coverage as v
        on
            g.account_id = v.account_id and g.platform = v.platform and g.class = v.class
            and case when g.initiator = 'me' then 'inbound' else 'outbound' end = v.direction
            and (v.surface = 'all' or g.surface = v.surface)
            and (v.thread_id is null or g.thread_id = v.thread_id)
    where g.contact_id = getvariable('subject') and not g.at_risk
    group by all
),

by_outcome as (
    select
        initiator,
        outcome,
        platform,
        class,
        off_risk_reason,
        coverage,
        covered_from,
        covered_to,
        count(*) as gestures
    from off_risk
    group by all
)

select
    initiator,
    string_agg(outcome, ' and ' order by outcome desc) as outcomes,
    platform,
    class,
    off_risk_reason,
    coverage,
    covered_from,
    covered_to,
    gestures
from by_outcome
group by initiator, platform, class, off_risk_reason, coverage, covered_from, covered_to, gestures
order by initiator asc, gestures desc, platform asc, class asc, off_risk_reason asc, coverage asc, covered_from asc;
