-- The exchanges with a contact, newest first: answered gestures, grades A to C, dated at their answers.
with known as (
    select max(greatest(exported_at, last_at)) as as_of
    from archives
)

select
    answer.occurred_at as answered_at,
    case when g.initiator = 'me' then 'you' else 'the contact' end as began,
    g.platform,
    g.class,
    human_lag(g.lag_s) as lag,
    g.grade,
    left(g.gesture_id, 12) as gesture,
    known.as_of
from gestures as g
inner join interactions as answer on g.response_interaction_id = answer.interaction_id
cross join known
where g.contact_id = getvariable('subject') and g.outcome = 'worded' and g.status = 'answered' and g.grade <> 'D'
order by answer.occurred_at desc, g.gesture_id;
