-- How the owner's steps were answered in words within 7 days, by what their texts are.
select
    initiator,
    outcome,
    dimension,
    value,
    horizon_days,
    gestures,
    contacts,
    null::BIGINT as answered,
    answered_share,
    low,
    high,
    chance_share,
    shown,
    note
from reciprocation
where
    initiator = 'me'
    and outcome = 'worded'
    and horizon_days = 7
    and dimension in ('craft', 'templated', 'intent', 'asked', 'earlier_gifts')
    and gestures > 0
order by dimension, value
