-- Contacts of whom one side is to take the next step, longest waiting first (methods:whose-step).
create view open_steps as
select
    c.contact_id,
    c.display_name,
    c.platforms,
    r.whose_step,
    r.open_since,
    c.last_at,
    r.mine,
    r.theirs
from contact_reciprocation as r
inner join contacts as c on r.contact_id = c.contact_id
where r.outcome = 'worded' and r.initiator = 'them' and r.whose_step <> 'nobody' and not c.excluded
order by r.whose_step, c.last_at;
