-- How long the owner and a contact have been in touch when the owner first asks for something: share of the contacts
-- who have been asked, by days since the first interaction (methods:first-asks).
-- Key: day.
create table first_asks (
    -- Time since the first interaction with the contact, in either direction. [days]
    day BIGINT not null check (day in (0, 1, 7, 14, 30, 60, 90, 180, 365)),
    -- Contacts who are followed for as long and had not been asked before.
    at_risk BIGINT not null,
    -- Share of the contacts who have been asked by then (1 − Kaplan–Meier); NULL beyond the longest follow-up. [0 to 1]
    asked_share DOUBLE,
    -- Lower end of its 95 % interval; NULL where the share is 0, 1 or unknown. [0 to 1]
    low DOUBLE,
    -- Upper end of that interval. [0 to 1]
    high DOUBLE,
    -- Contacts that the curve is made of: those with a text of the owner's whose asking is known.
    contacts BIGINT not null
);
