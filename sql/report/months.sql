-- Share answered in words within 7 days, month by month.
select
    initiator,
    value as month,
    gestures,
    contacts,
    answered_share,
    low,
    high,
    shown
from reciprocation
where dimension = 'month' and outcome = 'worded' and horizon_days = 7
order by initiator, month
