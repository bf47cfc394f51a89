-- Moves between levels: how many, and of how many contacts.
select
    l."from" as from_level,
    l."to" as to_level,
    count(*) as moves,
    count(distinct l.contact_id) as contacts
from level_changes as l
inner join contacts as c on l.contact_id = c.contact_id
where not coalesce(c.excluded, false)
group by l."from", l."to"
order by l."from", l."to"
