-- gesture_id is unique in gestures.
select gesture_id, count(*) as times from gestures group by all having count(*) > 1;
