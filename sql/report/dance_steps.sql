-- Contacts by the turns of both sides, in bins of doubling width: 0, 1, 2-3, 4-7 and so on; each bin is named by its lower end.
with turns as (
    select
        r.contact_id,
        max(r.mine) as mine,
        max(r.theirs) as theirs
    from contact_reciprocation as r
    inner join contacts as c on r.contact_id = c.contact_id
    where r.outcome = 'worded' and not coalesce(c.excluded, false)
    group by r.contact_id
)

select
    case when mine = 0 then 0 else pow(2, floor(log2(mine)))::BIGINT end as mine_from,
    case when theirs = 0 then 0 else pow(2, floor(log2(theirs)))::BIGINT end as theirs_from,
    count(*) as contacts
from turns
where mine + theirs > 0
group by mine_from, theirs_from
order by mine_from, theirs_from
