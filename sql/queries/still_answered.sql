-- After some days of silence, how many of my messages are still answered within 14 days?
select
    dimension,
    value,
    silent_days,
    at_risk,
    round(100 * answered_share, 1) as answered_percent,
    round(100 * low, 1) as low_percent,
    round(100 * high, 1) as high_percent,
    note
from silence
where initiator = 'me' and outcome = 'worded'
order by dimension, value, silent_days;
