-- Public texts that came in, by platform, month and tone; praise in a promotion is counted apart.
select
    i.platform,
    strftime(i.occurred_at, '%Y-%m') as month,
    case when t.label = 'positive' and t.self_promotion then 'promotion' else t.label end as tone,
    count(*) as texts
from tone as t
inner join interactions as i on t.interaction_id = i.interaction_id
where i.surface = 'public'
group by all
order by i.platform, month, tone
