-- The ledger of each archive: its records are stored, already stored, set aside or skipped by a named rule.
select
    a.archive_id,
    a.path,
    a.platform,
    a.status,
    a.reason,
    a.exported_at,
    a.first_at,
    a.last_at,
    a.size_bytes,
    count(m.member) as members,
    count(m.reader) as members_read,
    coalesce(sum(m.records_in), 0)::BIGINT as records_in,
    coalesce(sum(m.stored), 0)::BIGINT as stored,
    coalesce(sum(m.already_stored), 0)::BIGINT as already_stored,
    coalesce(sum(m.set_aside), 0)::BIGINT as set_aside,
    coalesce(sum(m.skipped), 0)::BIGINT as skipped
from archives as a
left join members as m on a.archive_id = m.archive_id
group by all
order by a.platform, a.path, a.archive_id
