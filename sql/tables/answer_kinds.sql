-- How gestures of each kind are answered: in kind, or by an act of another kind. Gestures at risk only.
-- Key: initiator, outcome, given_kind, answer_kind.
create table answer_kinds (
    -- Who made the gesture: the owner (`me`) or the contact (`them`).
    initiator VARCHAR not null check (initiator in ('me', 'them')),
    -- Which answers count: only those with words (`worded`) or all (`any`).
    outcome VARCHAR not null check (outcome in ('worded', 'any')),
    -- Kind of the gesture's first interaction.
    given_kind VARCHAR not null,
    -- Kind of the interaction that answered.
    answer_kind VARCHAR not null,
    -- Gestures at risk of the given kind.
    gestures BIGINT not null,
    -- Those of them answered by the answer kind, grades A to C.
    answers BIGINT not null,
    -- answers / gestures. [0 to 1]
    share DOUBLE,
    -- Answers of grade D (another lane or platform); part of no other figure here.
    answers_weak BIGINT not null
);
