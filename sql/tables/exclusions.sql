-- Interactions that are left out of gestures and figures, each with the rule that leaves it out (methods:exclusions).
-- `reciprocation`, dimension `exclusions`, value `none`, has the rates without these rules.
-- Key: interaction_id.
create table exclusions (
    -- The interaction.
    interaction_id VARCHAR not null,
    -- The first rule that applies: the contact is excluded, by the owner or because nothing else came from the contact
    -- (`excluded_contact`); an automatic message (`automatic`); the owner's bulk send (`campaign`); a link drop of the
    -- contact's (`link_drop`).
    rule VARCHAR not null check (rule in ('excluded_contact', 'automatic', 'campaign', 'link_drop')),
    -- Why the rule applies, in a short phrase.
    reason VARCHAR not null
);
