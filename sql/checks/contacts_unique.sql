-- contact_id is unique in contacts.
select contact_id, count(*) as times from contacts group by all having count(*) > 1;
