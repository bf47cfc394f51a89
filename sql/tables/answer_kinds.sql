-- In like fashion, or how else: kind given x kind of the answer.
create table answer_kinds (
    initiator VARCHAR, -- me or them
    outcome VARCHAR, -- worded or any
    given_kind VARCHAR, -- kind of the gesture's first event
    answer_kind VARCHAR, -- kind of the answer
    gestures BIGINT, -- gestures at risk of the given kind
    answers BIGINT, -- answers of that kind
    share DOUBLE, -- answers / gestures
    answers_weak BIGINT -- answers of grade D, on another lane or platform; in no headline
);
