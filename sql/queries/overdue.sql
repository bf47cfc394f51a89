-- Who is overdue by our own rhythm, furthest beyond it first?
select
    c.display_name,
    r.exchanges,
    round(r.median_gap_s / 86400, 1) as median_gap_days,
    round(r.p90_gap_s / 86400, 1) as p90_gap_days,
    r.last_exchange_at,
    round(r.overdue_s / 86400, 1) as overdue_days
from rhythm as r
inner join contacts as c on r.contact_id = c.contact_id
where r.overdue_s > 0
order by r.overdue_s / greatest(r.p90_gap_s, 86400) desc, c.display_name asc
limit 50;
