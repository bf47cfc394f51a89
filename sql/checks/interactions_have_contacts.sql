-- Every interaction, tie and gesture belongs to a contact that exists.
select contact_id from interactions where contact_id not in (select contact_id from contacts)
union all
select contact_id from ties where contact_id not in (select contact_id from contacts)
union all
select contact_id from gestures where contact_id not in (select contact_id from contacts);
