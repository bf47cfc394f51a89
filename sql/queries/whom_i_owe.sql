-- Which contacts wait for my next step, longest waiting first?
select
    display_name,
    platforms,
    last_at,
    mine,
    theirs
from open_steps
where whose_step = 'mine' and not set_aside
order by last_at
limit 50;
