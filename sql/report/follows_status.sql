-- Who follows whom, by platform, and what the lists allow to say.
select
    platform,
    status,
    count(*) as contacts,
    count(since) as dated,
    count(*) filter (where not complete) as incomplete
from follows
group by platform, status
order by platform, status
