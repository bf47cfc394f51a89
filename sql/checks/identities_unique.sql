-- identity_id is unique in identities.
select identity_id, count(*) as times from identities group by all having count(*) > 1;
