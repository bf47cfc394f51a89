-- Figures of each month: breadth against depth, effort against return, growth. Answers in words only.
-- Key: month.
create table monthly (
    -- Month as YYYY-MM in the time zone of the settings.
    month VARCHAR not null,
    -- Contacts to whom the owner made a gesture.
    contacts_reached BIGINT not null,
    -- The owner's gestures.
    gestures BIGINT not null,
    -- Answered gestures of either side, in the month of the answer.
    exchanges BIGINT not null,
    -- exchanges / contacts_reached; NULL when no contact was reached.
    exchanges_per_contact DOUBLE,
    -- Words in the owner's texts.
    words_given BIGINT not null,
    -- Words in the contacts' texts.
    words_received BIGINT not null,
    -- Bouts of the owner's activity, separated by 30 minutes without an act.
    sessions BIGINT not null,
    -- Contacts whose first turn, of either side, falls into the month.
    new_contacts BIGINT not null,
    -- Contacts whose first exchange falls into the month.
    first_exchanges BIGINT not null,
    -- Contacts that became dormant (methods:dormancy).
    became_dormant BIGINT not null,
    -- Dormant contacts that became active again.
    revived BIGINT not null
);
