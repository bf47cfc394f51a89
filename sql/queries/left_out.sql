-- What was left out of the figures, by which rule and of whom?
select
    e.rule,
    c.display_name,
    c.contact_id,
    count(*) as interactions,
    count(*) filter (where i.direction = 'outbound') as outbound,
    min(i.occurred_at) as first_at,
    max(i.occurred_at) as last_at,
    string_agg(distinct e.reason, '; ' order by e.reason) as reasons
from exclusions as e
inner join interactions as i on e.interaction_id = i.interaction_id
inner join contacts as c on i.contact_id = c.contact_id
group by all
order by interactions desc, e.rule, c.contact_id;
