-- The interactions with a contact by platform, class and direction, and how many of them are left out of the figures.
select
    i.platform,
    i.class,
    i.direction,
    count(*) as interactions,
    count(e.interaction_id) as left_out,
    min(i.occurred_at) as first_at,
    max(i.occurred_at) as last_at
from interactions as i
left join exclusions as e on i.interaction_id = e.interaction_id
where i.contact_id = getvariable('subject')
group by i.platform, i.class, i.direction
order by i.platform, i.class, i.direction desc;
