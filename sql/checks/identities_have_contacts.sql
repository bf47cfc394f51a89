-- Every identity belongs to a contact that exists, and the number of identities of every contact is correct.
select c.contact_id, c.identities, count(i.identity_id) as found
from contacts as c
full join identities as i on c.contact_id = i.contact_id
group by all
having c.contact_id is null or c.identities is distinct from count(i.identity_id);
