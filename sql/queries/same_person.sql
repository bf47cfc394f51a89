-- Which identities were joined to one person, and on what evidence?
select
    c.display_name,
    i.identity_id,
    i.join_reason
from identities as i
inner join contacts as c on i.contact_id = c.contact_id
where c.identities > 1
order by c.display_name, i.identity_id;
