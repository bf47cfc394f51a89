-- How many people ever reached each stage, and how long half of them took.
select
    stage,
    contacts,
    median_days_to_reach,
    from_stage
from funnel
order by stage
