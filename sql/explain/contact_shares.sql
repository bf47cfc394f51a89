-- Answered shares of a contact by initiator, outcome worded.
select
    initiator,
    gestures,
    answered,
    share,
    low,
    high,
    human_lag(median_lag_s) as median_lag,
    not_responding
from contact_reciprocation
where contact_id = getvariable('subject') and outcome = 'worded'
order by initiator;
