-- What is left out of the figures, by rule and reason.
select
    e.rule,
    e.reason,
    i.direction,
    count(*) as interactions,
    min(i.occurred_at) as first_at,
    max(i.occurred_at) as last_at
from exclusions as e
inner join interactions as i on e.interaction_id = i.interaction_id
where i.contact_id = getvariable('subject')
group by e.rule, e.reason, i.direction
order by e.rule, e.reason, i.direction desc;
