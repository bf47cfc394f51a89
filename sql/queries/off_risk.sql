-- How many gestures are not at risk, because no archive could have shown an answer, and why?
select
    initiator,
    platform,
    class,
    off_risk_reason,
    count(*) as gestures
from gestures
where outcome = 'worded' and not at_risk
group by all
order by gestures desc;
