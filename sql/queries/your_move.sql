-- Which steps wait for me, newest first?
select
    left(o.gesture_id, 12) as gesture,
    o.display_name,
    g.platform,
    g.class,
    g.last_at,
    o.mine,
    o.theirs
from open_steps as o
inner join gestures as g on o.gesture_id = g.gesture_id
where o.whose_step = 'mine' and not o.set_aside
order by g.last_at desc, o.gesture_id asc;
