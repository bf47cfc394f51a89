-- Features of the contacts' texts, computed on this machine. Empty for now: no release computes them yet.
-- Key: interaction_id.
create table tone (
    -- The interaction whose text is described.
    interaction_id VARCHAR not null,
    -- Language as an ISO 639 code; `und` when undetermined.
    language VARCHAR,
    -- Sentiment score. [−1 to 1]
    compound DOUBLE,
    -- Sentiment.
    label VARCHAR check (label in ('positive', 'neutral', 'negative', 'not_assessed')),
    -- Whether the text only leads to other pages.
    link_drop BOOLEAN,
    -- Whether the text promotes its sender.
    self_promotion BOOLEAN,
    -- Rules that applied, by name.
    reasons VARCHAR[]
);
