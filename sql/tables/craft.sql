-- What the owner's texts are like. Empty until part D fills it.
create table craft (
    interaction_id VARCHAR, -- text
    language VARCHAR, -- language or und
    genericness VARCHAR, -- generic, short, substantive, not_assessed
    templated BOOLEAN, -- near-equal text to several contacts
    link_drop BOOLEAN, -- only links away
    ask BOOLEAN, -- asks
    give BOOLEAN, -- gives
    disclosure BIGINT, -- depth 0 to 3
    reasons VARCHAR[] -- rules that fired
);
