-- How many records of each archive were stored, set aside or skipped?
select
    a.path,
    sum(m.records_in) as records_in,
    sum(m.stored) as stored,
    sum(m.already_stored) as already_stored,
    sum(m.set_aside) as set_aside,
    sum(m.skipped) as skipped
from members as m
inner join archives as a on m.archive_id = a.archive_id
group by all
order by a.path;
