-- What inbound texts are like. Empty until part D fills it.
create table tone (
    interaction_id VARCHAR, -- text
    language VARCHAR, -- language or und
    compound DOUBLE, -- −1 to 1
    label VARCHAR, -- positive, neutral, negative, not_assessed
    link_drop BOOLEAN, -- only links away
    self_promotion BOOLEAN, -- promotes the sender
    reasons VARCHAR[] -- rules that fired
);
