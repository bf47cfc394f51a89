-- Outreach and return per tier, for the whole span and month by month.
select
    b.period,
    b.tier,
    b.gestures,
    b.contacts,
    b.outreach_share,
    b.answers,
    b.return_share,
    b.target_share,
    sum(b.gestures) over (partition by b.period)::BIGINT as period_gestures
from balance as b
order by b.period, b.tier
