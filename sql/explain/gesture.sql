-- One gesture with the name of its contact; the variable `subject` is a gesture_id or a prefix of one.
select g.*, c.display_name
from gestures as g
inner join contacts as c on g.contact_id = c.contact_id
where starts_with(g.gesture_id, getvariable('subject'))
order by g.gesture_id
limit 3;
