-- Stages of acquaintance from stranger to opted in: how many contacts ever reached each, and how long it took.
-- Key: stage.
create table funnel (
    -- Stage: every contact begins as a stranger; noticed (a first turn of theirs), exchanged (a first exchange),
    -- dancing (a third exchange), friend and close (levels), opted_in (an explicit opt-in).
    stage VARCHAR not null check (stage in ('stranger', 'noticed', 'exchanged', 'dancing', 'friend', 'close', 'opted_in')),
    -- Contacts that ever reached it.
    contacts BIGINT not null,
    -- Kaplan–Meier median of the time from the first turn of either side; NULL when fewer than half reached it. [days]
    median_days_to_reach DOUBLE,
    -- Stage from which the time is counted; NULL for the first stage.
    from_stage VARCHAR check (from_stage in ('stranger', 'noticed', 'exchanged', 'dancing', 'friend', 'close', 'opted_in')),
    -- Position of the stage in their order, from 0.
    place BIGINT not null,
    -- Contacts over which the median is taken.
    at_risk BIGINT not null
);
