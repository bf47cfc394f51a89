-- One row a contact: tier from evidence that is shown; unknown stays unknown.
create table standing (
    contact_id VARCHAR, -- person
    tier VARCHAR, -- guru, peer, newbie or unknown
    evidence VARCHAR, -- what it rests on
    value DOUBLE, -- audience, or log10 ratio, as evidence says
    source VARCHAR, -- where the evidence stands
    as_of TIMESTAMPTZ, -- date of the evidence
    log_ratio DOUBLE -- log10((audience + 1) / (the owner's + 1)), where both are known
);
