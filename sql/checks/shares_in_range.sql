-- Shares are between 0 and 1 and inside their interval.
select initiator, outcome, dimension, value, horizon_days from reciprocation
where answered_share not between 0 and 1 or low > answered_share + 1e-9 or high < answered_share - 1e-9;
