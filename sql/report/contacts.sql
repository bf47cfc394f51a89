-- One row a contact: gestures and answers of both sides, whose step it is, and the last interaction.
with last_interaction as (
    select
        contact_id,
        direction,
        arg_max(kind, (occurred_at, interaction_id)) as kind,
        arg_max(platform, (occurred_at, interaction_id)) as platform,
        max(occurred_at) as occurred_at
    from interactions
    group by contact_id, direction
),

turns as (
    select
        c.contact_id,
        coalesce(me.whose_step, them.whose_step, 'nobody') as whose_step,
        coalesce(me.mine, them.mine, 0) as mine,
        coalesce(me.theirs, them.theirs, 0) as theirs
    from contacts as c
    left join contact_reciprocation as me
        on c.contact_id = me.contact_id and me.initiator = 'me' and me.outcome = 'worded'
    left join contact_reciprocation as them
        on c.contact_id = them.contact_id and them.initiator = 'them' and them.outcome = 'worded'
),

-- the interaction that the table shows: the contact's when it is the owner's step, the owner's when it is theirs, else the newest
last_step as (
    select i.*
    from last_interaction as i
    inner join turns as t on i.contact_id = t.contact_id
    qualify row_number() over (
        partition by i.contact_id
        order by
            (t.whose_step = 'mine' and i.direction = 'inbound') or (t.whose_step = 'theirs' and i.direction = 'outbound') desc,
            i.occurred_at desc,
            i.direction asc
    ) = 1
),

profiles as (
    select
        contact_id,
        min(url) as url
    from identities
    where url like 'https://%'
    group by contact_id
),

latest_level as (
    select
        contact_id,
        arg_max(level, month) as level
    from levels
    group by contact_id
)

select
    c.contact_id,
    coalesce(nullif(c.display_name, ''), c.contact_id) as name,
    array_to_string(c.platforms, ' ') as platforms,
    coalesce(s.tier, 'unknown') as tier,
    l.level,
    t.whose_step,
    t.mine,
    t.theirs,
    me.gestures,
    me.answered,
    me.share,
    me.low,
    me.high,
    me.median_lag_s,
    me.open_since,
    them.gestures as their_gestures,
    them.answered as your_answers,
    coalesce(me.not_responding, false) as not_responding,
    i.direction as last_direction,
    i.kind as last_kind,
    i.platform as last_platform,
    coalesce(i.occurred_at, c.last_at) as last_at,
    p.url
from contacts as c
inner join turns as t on c.contact_id = t.contact_id
left join contact_reciprocation as me
    on c.contact_id = me.contact_id and me.initiator = 'me' and me.outcome = 'worded'
left join contact_reciprocation as them
    on c.contact_id = them.contact_id and them.initiator = 'them' and them.outcome = 'worded'
left join standing as s on c.contact_id = s.contact_id
left join latest_level as l on c.contact_id = l.contact_id
left join profiles as p on c.contact_id = p.contact_id
left join last_step as i on c.contact_id = i.contact_id
where not coalesce(c.excluded, false)
order by c.contact_id
