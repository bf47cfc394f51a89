-- All identities, in which a search looks for people.
select
    identity_id,
    contact_id,
    display_name,
    handle,
    email
from identities
order by identity_id;
