-- Features of the owner's texts, computed on this machine. Empty for now: no release computes them yet.
-- Key: interaction_id.
create table craft (
    -- The interaction whose text is described.
    interaction_id VARCHAR not null,
    -- Language as an ISO 639 code; `und` when undetermined.
    language VARCHAR,
    -- How much the text is about its addressee: a stock phrase (`generic`), too short to tell (`short`), or
    -- `substantive`.
    genericness VARCHAR check (genericness in ('generic', 'short', 'substantive', 'not_assessed')),
    -- Whether nearly the same text went to several contacts.
    templated BOOLEAN,
    -- Whether the text only leads to other pages.
    link_drop BOOLEAN,
    -- Whether the text asks for something.
    ask BOOLEAN,
    -- Whether the text offers something.
    give BOOLEAN,
    -- Depth of self-disclosure, 0 (none) to 3.
    disclosure BIGINT,
    -- Rules that applied, by name.
    reasons VARCHAR[]
);
