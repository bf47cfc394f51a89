-- Who followed, connected or left since the export before the newest one? A follow that has gone ended by that date.
with previous_exports as (
    select
        f.contact_id,
        f.platform,
        max(a.exported_at) as exported_at
    from follows as f
    inner join archives as a on f.seen_at > a.exported_at and contains('+' || a.platform || '+', '+' || f.platform || '+')
    group by f.contact_id, f.platform
)

select
    f.platform,
    c.display_name,
    f.status,
    coalesce(f.gone_since, f.since) as changed_by,
    f.complete
from follows as f
inner join previous_exports as p on f.contact_id = p.contact_id and f.platform = p.platform
inner join contacts as c on f.contact_id = c.contact_id
where
    f.gone_since > p.exported_at
    or (f.status in ('mutual', 'only_mine', 'only_theirs') and f.since > p.exported_at)
order by changed_by desc, f.platform asc, c.display_name asc;
