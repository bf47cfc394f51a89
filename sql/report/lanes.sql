-- What the archives of each account can show, one row a span; spans of different surfaces may overlap.
select distinct
    v.account_id,
    v.platform,
    coalesce(nullif(a.display_name, ''), nullif(a.handle, ''), a.native_id, v.account_id) as account,
    v.class,
    v.direction,
    v.visibility,
    v.starts_at,
    v.ends_at
from coverage as v
left join accounts as a on v.account_id = a.account_id
where v.visibility <> 'none' and v.thread_id is null and v.starts_at is not null and v.ends_at is not null
order by v.platform, v.account_id, v.class, v.direction, v.visibility, v.starts_at, v.ends_at
