-- One contact's dance: who begins, how steps alternate.
create table dance (
    contact_id VARCHAR -- person
);
