-- To contacts of which standing do my gestures go, month by month?
select
    period,
    tier,
    gestures,
    contacts,
    round(outreach_share, 2) as outreach_share,
    answers,
    round(return_share, 2) as return_share
from balance
where period <> 'all'
order by period, tier;
