-- One row of totals, with the span of time that the archives cover.
select
    (select count(*) from archives) as archives,
    (
        select count(*) from archives
        where status = 'complete'
    ) as archives_complete,
    (
        select count(*) from archives
        where status = 'partial'
    ) as archives_partial,
    (
        select count(*) from archives
        where status in ('failed', 'unrecognised')
    ) as archives_unread,
    (select count(*) from accounts) as accounts,
    (
        select count(*) from contacts
        where not coalesce(excluded, false)
    ) as contacts,
    (
        select count(*) from contacts
        where coalesce(excluded, false)
    ) as contacts_excluded,
    (select count(*) from interactions) as interactions,
    (select count(*) from unattributed) as unattributed,
    (select coalesce(sum(records_in), 0)::BIGINT from members) as records_in,
    (select coalesce(sum(set_aside), 0)::BIGINT from members) as records_set_aside,
    (select coalesce(sum(skipped), 0)::BIGINT from members) as records_skipped,
    (select min(occurred_at) from interactions) as first_at,
    (select max(occurred_at) from interactions) as last_at,
    (select max(coalesce(exported_at, last_at)) from archives) as as_of
