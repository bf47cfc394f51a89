-- The coverage rows that apply to answers to a gesture.
select v.direction, v.surface, v.visibility, v.starts_at, v.ends_at, v.reason
from gestures as g
inner join coverage as v
    on
        g.account_id = v.account_id and g.platform = v.platform and g.class = v.class
        and case when g.initiator = 'me' then 'inbound' else 'outbound' end = v.direction
        and (v.surface = 'all' or g.surface = v.surface)
        and (v.thread_id is null or g.thread_id = v.thread_id)
where g.gesture_id = getvariable('subject')
order by v.thread_id nulls last, v.starts_at;
