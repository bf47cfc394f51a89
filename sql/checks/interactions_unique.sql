-- interaction_id is unique in interactions.
select interaction_id, count(*) as times from interactions group by all having count(*) > 1;
