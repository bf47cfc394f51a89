-- Who moved up a level, and when?
select
    c.display_name,
    l."from",
    l."to",
    l.changed_at
from level_changes as l
inner join contacts as c on l.contact_id = c.contact_id
where l."to" in ('friend', 'close')
order by l.changed_at desc
limit 50;
