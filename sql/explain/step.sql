-- Gestures with the location of their first interaction; the variable `subject` is a gesture_id or a prefix of one.
select
    g.gesture_id,
    i.archive_id,
    i.member,
    i.pointer
from gestures as g
inner join interactions as i on g.first_interaction_id = i.interaction_id
where starts_with(g.gesture_id, getvariable('subject'))
order by g.gesture_id
limit 3;
