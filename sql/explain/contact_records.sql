-- The last three interactions with a contact, each with the location of its record.
select
    i.occurred_at,
    i.platform,
    i.direction,
    i.kind,
    a.path as archive,
    i.member,
    i.pointer
from interactions as i
inner join archives as a on i.archive_id = a.archive_id
where i.contact_id = getvariable('subject')
order by i.occurred_at desc, i.interaction_id
limit 3;
