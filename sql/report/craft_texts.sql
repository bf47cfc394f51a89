-- What the owner's texts are: how much they say, whether they are templated, what they give and ask.
with texts as (
    select
        c.genericness,
        i.contact_id,
        case when c.templated then 'templated' else 'personal' end as templated,
        case
            when c.ask is null or c.give is null then 'not_assessed'
            when c.ask and c.give then 'both'
            when c.ask then 'ask'
            when c.give then 'gift'
            else 'neither'
        end as intent,
        case when c.asks_for_answer then 'asked' when not c.asks_for_answer then 'not_asked' else 'not_assessed' end as asked
    from craft as c
    inner join interactions as i on c.interaction_id = i.interaction_id
)

select
    d.dimension,
    d.value,
    count(*) as texts,
    count(distinct t.contact_id) as contacts
from texts as t
cross join
    lateral (
        values ('craft', t.genericness), ('templated', t.templated), ('intent', t.intent), ('asked', t.asked)
    ) as d (dimension, value)
group by d.dimension, d.value
order by d.dimension, d.value
