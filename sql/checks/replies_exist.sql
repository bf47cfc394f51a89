-- Every resolved reply link refers to an interaction that exists.
select interaction_id from interactions
where reply_to is not null and reply_to not in (select i.interaction_id from interactions as i);
