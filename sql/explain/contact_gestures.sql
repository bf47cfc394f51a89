-- Gestures by initiator and outcome: those at risk by what came of them, and those off risk.
select
    initiator,
    outcome,
    count(*) as gestures,
    count(*) filter (where at_risk) as at_risk,
    count(*) filter (where at_risk and status = 'answered') as answered,
    count(*) filter (where at_risk and status = 'superseded') as superseded,
    count(*) filter (where at_risk and status = 'open') as open,
    count(*) filter (where not at_risk) as off_risk
from gestures
where contact_id = getvariable('subject')
group by initiator, outcome
order by initiator, outcome desc;
