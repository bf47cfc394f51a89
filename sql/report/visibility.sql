-- Best visibility of each account, class and direction.
select
    c.account_id,
    c.platform,
    coalesce(nullif(a.display_name, ''), nullif(a.handle, ''), a.native_id, c.account_id) as account,
    c.class,
    c.direction,
    case max(case c.visibility when 'full' then 2 when 'partial' then 1 else 0 end)
        when 2 then 'full' when 1 then 'partial' else 'none'
    end as visibility,
    min(c.starts_at) filter (c.visibility <> 'none') as starts_at,
    max(c.ends_at) filter (c.visibility <> 'none') as ends_at,
    string_agg(distinct c.reason, '; ' order by c.reason) as reason
from coverage as c
left join accounts as a on c.account_id = a.account_id
group by c.account_id, c.platform, account, c.class, c.direction
order by c.platform, c.account_id, c.class, c.direction
