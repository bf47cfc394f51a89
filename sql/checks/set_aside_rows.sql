-- Every record that a member counts as set aside has a row in set_aside.
select m.archive_id, m.member, m.set_aside, count(s.pointer) as rows_there
from members as m
left join set_aside as s on m.archive_id = s.archive_id and m.member = s.member
group by all
having m.set_aside > count(s.pointer);
