-- The answer to an answered gesture is an interaction of the same contact; other gestures have no answer.
select g.gesture_id from gestures as g
left join interactions as i on g.response_interaction_id = i.interaction_id and g.contact_id = i.contact_id
where (g.status = 'answered') is distinct from (i.interaction_id is not null);
