-- One row a month: breadth against depth, effort against return, growth.
create table monthly (
    month VARCHAR, -- YYYY-MM in the settings' time zone
    contacts_reached BIGINT, -- contacts with a gesture of the owner's
    gestures BIGINT, -- owner's gestures
    exchanges BIGINT, -- answered gestures of either side, dated at the answer
    exchanges_per_contact DOUBLE, -- depth
    words_given BIGINT, -- words in outbound text
    words_received BIGINT, -- words in inbound text
    sessions BIGINT, -- bouts of the owner's activity
    new_contacts BIGINT, -- contacts first met
    first_exchanges BIGINT, -- contacts with a first exchange
    became_dormant BIGINT, -- contacts that fell silent
    revived BIGINT -- dormant contacts that came back
);
