-- Gestures not at risk, by reason: the data could not have shown an answer, so they never count as unanswered.
select
    initiator,
    outcome,
    off_risk_reason as reason,
    platform,
    count(*) as gestures,
    count(distinct contact_id) as contacts
from gestures
where not at_risk
group by all
order by initiator asc, outcome asc, gestures desc, reason asc, platform asc
