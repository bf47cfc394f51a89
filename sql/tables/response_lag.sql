-- Answered share as the lag grows: 48 lags from a minute to 14 days.
create table response_lag (
    initiator VARCHAR, -- me or them
    outcome VARCHAR, -- worded or any
    dimension VARCHAR, -- as in reciprocation
    value VARCHAR, -- value of the dimension
    lag_s DOUBLE, -- lag, seconds
    answered_share DOUBLE, -- Aalen–Johansen
    low DOUBLE, -- band by contact, lower
    high DOUBLE, -- upper
    km_share DOUBLE, -- 1 − Kaplan–Meier
    km_low DOUBLE, -- log-log band, lower
    km_high DOUBLE, -- upper
    at_risk BIGINT -- gestures with times ≥ lag
);
