-- How contacts write to the owner: features of each text that the owner received, computed on this machine (methods:tone).
-- Key: interaction_id.
create table tone (
    -- The interaction whose text is described.
    interaction_id VARCHAR not null,
    -- Language as an ISO 639 code; `und` when undetermined, then rules about words are not assessed.
    language VARCHAR not null,
    -- Score of the sentiment lexicon; NULL where tone is not assessed. [−1 to 1]
    compound DOUBLE,
    -- Tone towards the owner. Not assessed: languages without a lexicon, and private messages unless `text.tone_private`
    -- is on.
    label VARCHAR not null check (label in ('positive', 'neutral', 'negative', 'not_assessed')),
    -- Whether the text only offers a link, to the writer's own pages or as the first interaction of the two.
    link_drop BOOLEAN not null,
    -- Whether the purpose of the text is attention or money for the writer's own offer.
    self_promotion BOOLEAN,
    -- Whether a polite reader would answer: a question or request put to the reader, not a rhetorical one.
    asks_for_answer BOOLEAN,
    -- Why, one phrase a rule.
    reasons VARCHAR[] not null
);
