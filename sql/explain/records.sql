-- The interactions of a gesture's turn and its answer, each with the location of its record.
select i.direction, i.kind, i.occurred_at, i.resolution_s, i.reply_to_native, a.path as archive, i.member, i.pointer
from gestures as g
inner join interactions as i
    on
        g.contact_id = i.contact_id
        and (
            g.response_interaction_id = i.interaction_id
            or (
                g.platform = i.platform and g.account_id = i.account_id and g.class = i.class and g.is_group = i.is_group
                and g.thread_id is not distinct from i.thread_id
                and (i.direction = 'outbound') = (g.initiator = 'me')
                and i.occurred_at between g.started_at and g.last_at
            )
        )
inner join archives as a on i.archive_id = a.archive_id
where g.gesture_id = getvariable('subject')
order by i.occurred_at, i.interaction_id;
