-- What could not be read, and why?
select
    a.path,
    s.member,
    s.reason_code,
    s.reason,
    count(*) as records
from set_aside as s
inner join archives as a on s.archive_id = a.archive_id
group by all
order by records desc;
