-- Which public texts are negative towards me or my work, newest first?
select
    i.occurred_at,
    c.display_name,
    i.platform,
    i.kind,
    i.text,
    array_to_string(t.reasons, '; ') as reasons,
    i.url
from tone as t
inner join interactions as i on t.interaction_id = i.interaction_id
inner join contacts as c on i.contact_id = c.contact_id
where i.surface = 'public' and t.label = 'negative'
order by i.occurred_at desc, i.interaction_id;
