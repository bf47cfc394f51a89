-- Every exclusion is of an interaction that exists, and everything of an excluded contact is excluded.
select interaction_id from exclusions where interaction_id not in (select i.interaction_id from interactions as i)
union all
select i.interaction_id from interactions as i
inner join contacts as c on i.contact_id = c.contact_id
where c.excluded and i.interaction_id not in (select e.interaction_id from exclusions as e);
