-- Lag by which a share of the gestures is answered, and the lag of those that are.
create table lag_quantiles (
    initiator VARCHAR, -- me or them
    outcome VARCHAR, -- worded or any
    dimension VARCHAR, -- as in reciprocation, and hour_of_week
    value VARCHAR, -- value of the dimension; of hour_of_week Mon 00 to Sun 23 of the first event in the owner's time zone
    quantile DOUBLE, -- 0.25, 0.5, 0.75, 0.9
    unconditional_s DOUBLE, -- seconds; NULL: not reached
    low DOUBLE, -- interval, seconds
    high DOUBLE, -- interval, seconds; NULL: open-ended
    conditional_s DOUBLE, -- among answers to mature gestures, seconds
    mature_gestures BIGINT, -- gestures followed to the window
    note VARCHAR -- what to know
);
