-- Contacts whom the owner asked for something, by how many texts gave before the first ask.
select
    case
        when gives_before_ask = 0 then '0'
        when gives_before_ask <= 2 then '1-2'
        else '3+'
    end as gifts,
    count(*) as contacts,
    median(days_to_first_ask) as median_days
from contact_craft
where asks > 0
group by gifts
order by gifts
