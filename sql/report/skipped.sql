-- Records left out by a named rule, by rule.
with said as (
    select unnest(skip_reason) as reason
    from members
)

select
    split_part(reason, '=', 1) as rule,
    sum(try_cast(split_part(reason, '=', 2) as BIGINT))::BIGINT as records
from said
group by rule
order by records desc, rule asc
