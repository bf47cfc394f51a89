-- One contact: level, standing and whose step it is, one row; the variable `subject` is a contact_id.
with level_now as (
    select
        arg_max(l.level, l.month) as level,
        arg_max(l.opted_in, l.month) as opted_in,
        arg_max(l.dormant, l.month) as dormant
    from levels as l
    where l.contact_id = getvariable('subject')
),

last_change as (
    select max(h.changed_at) as level_since
    from level_changes as h
    where h.contact_id = getvariable('subject')
),

last_turn as (
    select max(g.last_at) as step_since
    from gestures as g
    where g.contact_id = getvariable('subject') and g.outcome = 'worded' and not g.is_group
),

whose as (
    select any_value(r.whose_step) as whose_step
    from contact_reciprocation as r
    where r.contact_id = getvariable('subject') and r.outcome = 'worded'
)

select
    c.contact_id,
    c.display_name,
    c.excluded,
    c.exclusion_reason,
    level_now.level,
    level_now.opted_in,
    level_now.dormant,
    last_change.level_since,
    coalesce(s.tier, 'unknown') as tier,
    coalesce(s.evidence, 'none') as evidence,
    s.value,
    s.source,
    s.as_of,
    coalesce(whose.whose_step, 'nobody') as whose_step,
    last_turn.step_since
from contacts as c
cross join level_now
cross join last_change
cross join last_turn
cross join whose
left join standing as s on c.contact_id = s.contact_id
where c.contact_id = getvariable('subject');
