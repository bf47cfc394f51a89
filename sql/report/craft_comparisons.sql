-- Kinds of texts of the owner, compared pair by pair.
select
    dimension,
    first,
    second,
    gestures_first,
    gestures_second,
    shared_contacts,
    share_first,
    share_second,
    difference,
    low,
    high,
    p_holm,
    tested
from comparisons
where initiator = 'me' and outcome = 'worded' and horizon_days = 7 and dimension in ('craft', 'templated', 'intent', 'asked')
order by dimension, first, second
