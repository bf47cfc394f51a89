-- One row a person's identity on a platform; an identity_id never changes.
create table identities (
    identity_id VARCHAR, -- platform:native_id
    contact_id VARCHAR, -- person
    platform VARCHAR, -- platform
    native_id VARCHAR, -- platform's id; else handle, profile URL, e-mail address, thread:<id>, name:<normalised name>
    handle VARCHAR, -- handle in the newest export
    display_name VARCHAR, -- name in the newest export
    url VARCHAR, -- profile or site
    email VARCHAR, -- e-mail address
    join_reason VARCHAR -- evidence that joined it to the contact's other identities; NULL when alone
);
