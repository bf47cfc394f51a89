-- Skipped records by rule.
with counts as (
    select unnest(skip_reason) as reason
    from members
)

select
    split_part(reason, '=', 1) as rule,
    sum(try_cast(split_part(reason, '=', 2) as BIGINT))::BIGINT as records
from counts
group by rule
having records > 0
order by records desc, rule asc
