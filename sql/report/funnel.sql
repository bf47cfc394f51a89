-- How many contacts ever reached each stage, and the median time to it.
select
    stage,
    contacts,
    median_days_to_reach,
    from_stage
from funnel
order by stage
