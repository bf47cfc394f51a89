-- The identities of a contact, each with the evidence that joined it.
select
    identity_id,
    coalesce(display_name, handle, native_id) as name,
    handle,
    former_handles,
    join_reason
from identities
where contact_id = getvariable('subject')
order by identity_id;
