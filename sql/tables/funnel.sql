-- From stranger to opted in.
create table funnel (
    stage VARCHAR, -- stranger, noticed, exchanged, dancing, friend, close, opted_in
    contacts BIGINT, -- contacts that ever reached it
    median_days_to_reach DOUBLE, -- Kaplan–Meier median from the first event, days; NULL: not reached by half
    from_stage VARCHAR, -- stage from which the time counts
    place BIGINT, -- place in the order of the stages
    at_risk BIGINT -- contacts over whom the median is taken
);
