-- What the last run changed.
select
    what,
    value,
    detail
from changes
where value <> 0
order by what, detail
