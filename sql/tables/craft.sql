-- How the owner writes: features of each text that the owner sent, computed on this machine (methods:generic-text and the
-- rules after it). A rule is NULL where the language of the text is not assessed.
-- Key: interaction_id.
create table craft (
    -- The interaction whose text is described.
    interaction_id VARCHAR not null,
    -- Language as an ISO 639 code; `und` when undetermined, then rules about words are not assessed.
    language VARCHAR not null,
    -- How much the text says: praise, thanks or greeting without content (`generic`), little content (`short`), or
    -- `substantive`.
    genericness VARCHAR not null check (genericness in ('generic', 'short', 'substantive', 'not_assessed')),
    -- Whether nearly the same text went to at least three contacts within 90 days.
    templated BOOLEAN not null,
    -- Whether the text only offers a link, to the writer's own pages or as the first interaction of the two.
    link_drop BOOLEAN not null,
    -- Whether the text asks for a favour, an act or a purchase.
    ask BOOLEAN,
    -- Whether the text gives: named thanks, help, a resource, congratulations.
    give BOOLEAN,
    -- Depth of self-disclosure: 0 none, 1 facts, 2 opinions and feelings, 3 vulnerable; NULL unless `text.disclosure` is
    -- on. [0 to 3]
    disclosure BIGINT,
    -- Whether a polite reader would answer: a question or request put to the reader, not a rhetorical one.
    asks_for_answer BOOLEAN,
    -- Whether the purpose of the text is attention or money for the writer's own offer.
    self_promotion BOOLEAN,
    -- Why, one phrase a rule.
    reasons VARCHAR[] not null
);
