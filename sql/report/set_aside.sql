-- Records that could not be read, by archive and reason.
select
    s.archive_id,
    a.path,
    s.reason_code,
    min(s.reason) as reason,
    count(*) as records,
    count(distinct s.member) as members
from set_aside as s
left join archives as a on s.archive_id = a.archive_id
group by s.archive_id, a.path, s.reason_code
order by records desc, a.path asc, s.archive_id asc, s.reason_code asc
