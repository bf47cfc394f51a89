-- The newest 20 public texts that are negative towards the owner.
select
    i.occurred_at,
    c.display_name,
    i.platform,
    i.kind,
    i.text,
    t.reasons
from tone as t
inner join interactions as i on t.interaction_id = i.interaction_id
inner join contacts as c on i.contact_id = c.contact_id
where i.surface = 'public' and t.label = 'negative'
order by i.occurred_at desc, i.interaction_id
limit 20
