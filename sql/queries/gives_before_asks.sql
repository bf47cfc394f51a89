-- What did I give to a contact before I first asked, and how long had we been in touch?
select
    c.display_name,
    k.gives_before_ask,
    round(k.days_to_first_ask, 1) as days_to_first_ask,
    k.first_ask_at,
    k.asks,
    k.gives,
    k.assessed,
    k.texts
from contact_craft as k
inner join contacts as c on k.contact_id = c.contact_id
where k.asks > 0
order by k.gives_before_ask asc, k.asks desc, k.first_ask_at desc, c.display_name asc
limit 50;
