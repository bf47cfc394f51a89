-- Contacts of whom one side is to take the next step, longest waiting first (methods:whose-step).
-- `gesture_id` is the newest direct step of the side that moved last, `verdict` the owner's verdict on it. `set_aside`: the
-- verdict takes it off the list of open steps (methods:step-verdicts); whose_step stays as it is measured.
create view open_steps as
with newest as (
    select
        contact_id,
        initiator,
        arg_max(gesture_id, (started_at, gesture_id)) as gesture_id
    from gestures
    where outcome = 'worded' and not coalesce(is_group, false)
    group by contact_id, initiator
)

select
    c.contact_id,
    c.display_name,
    c.platforms,
    r.whose_step,
    r.open_since,
    c.last_at,
    r.mine,
    r.theirs,
    n.gesture_id,
    s.verdict,
    s.until,
    coalesce(s.verdict <> 'snooze' or s.until > now(), false) as set_aside
from contact_reciprocation as r
inner join contacts as c on r.contact_id = c.contact_id
left join newest as n
    on r.contact_id = n.contact_id and n.initiator = case r.whose_step when 'mine' then 'them' else 'me' end
left join steps as s on n.gesture_id = s.gesture_id
where r.outcome = 'worded' and r.initiator = 'them' and r.whose_step <> 'nobody' and not c.excluded
order by r.whose_step, c.last_at;
