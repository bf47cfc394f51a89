-- How the owner wrote to each contact, outside group chats, campaigns included; and what the owner gave before asking
-- for anything (methods:gives-before-asks). Contacts to whom the owner wrote no text have no row.
-- Key: contact_id.
create table contact_craft (
    -- The contact.
    contact_id VARCHAR not null,
    -- The owner's texts.
    texts BIGINT not null,
    -- Those of them for which it is known whether they ask and give.
    assessed BIGINT not null,
    -- Texts that hold praise, thanks or greeting without content.
    generic BIGINT not null,
    -- Texts with little content.
    short BIGINT not null,
    -- Texts with content.
    substantive BIGINT not null,
    -- Texts of which nearly the same went to at least three contacts within 90 days.
    templated BIGINT not null,
    -- Texts that only offer a link: to the owner's own pages, or as the first interaction with the contact.
    link_drops BIGINT not null,
    -- Texts that ask for a favour, an act or a purchase.
    asks BIGINT not null,
    -- Texts that give: named thanks, help, a resource, congratulations.
    gives BIGINT not null,
    -- Texts that a polite reader would answer.
    asks_for_answer BIGINT not null,
    -- Texts that give before the first one that asks; all that give while none asks.
    gives_before_ask BIGINT not null,
    -- Time of the first text that asks; NULL when none does. [UTC]
    first_ask_at TIMESTAMPTZ,
    -- Time of the first text that gives; NULL when none does. [UTC]
    first_give_at TIMESTAMPTZ,
    -- Time from the first interaction with the contact, in either direction, to the first text that asks; NULL when
    -- none does. [days]
    days_to_first_ask DOUBLE,
    -- The owner's gestures whose depth of disclosure and that of their answers are known (methods:matched-disclosure);
    -- NULL unless `text.disclosure` is on.
    disclosure_pairs BIGINT,
    -- Spearman's correlation of the depth of a gesture with the depth of its answer; NULL below 3 pairs or where one
    -- side's depth is always the same. [-1 to 1]
    disclosure_match DOUBLE,
    -- Share of 999 shuffles of the answers whose correlation is at least as great, the data counted as one; never 0. [0
    -- to 1]
    disclosure_p DOUBLE,
    -- Theil-Sen slope of the depth of the owner's gestures on their number (methods:gradual-disclosure); NULL below 10
    -- pairs. [levels a pair]
    disclosure_slope DOUBLE
);
