-- One row a gesture: a turn that its initiator took and that could be answered, with its outcome. Every gesture has a
-- row for each outcome.
-- Key: gesture_id.
create table gestures (
    -- Hash of initiator, outcome and first interaction.
    gesture_id VARCHAR not null,
    -- Who made the gesture: the owner (`me`) or the contact (`them`).
    initiator VARCHAR not null check (initiator in ('me', 'them')),
    -- Which answers count: only those with words (`worded`) or all (`any`).
    outcome VARCHAR not null check (outcome in ('worded', 'any')),
    -- The contact.
    contact_id VARCHAR not null,
    -- Platform.
    platform VARCHAR not null,
    -- Class of the gesture's interactions.
    class VARCHAR not null check (class in ('message', 'comment', 'reaction', 'share', 'follow', 'invite', 'endorsement', 'subscription')),
    -- The owner's account.
    account_id VARCHAR not null,
    -- Conversation or post that the gesture belongs to; NULL when it has none.
    thread_id VARCHAR,
    -- Where the gesture was made: in private (`direct`), in a group chat (`group`) or in public (`public`).
    surface VARCHAR check (surface in ('direct', 'group', 'public')),
    -- Whether the gesture was made in a group chat.
    is_group BOOLEAN,
    -- Time of the first interaction of the turn. [UTC]
    started_at TIMESTAMPTZ not null,
    -- Time of the last interaction of the turn. [UTC]
    last_at TIMESTAMPTZ not null,
    -- Number of interactions in the turn.
    interactions BIGINT not null,
    -- The first interaction of the turn.
    first_interaction_id VARCHAR not null,
    -- `answered`; `superseded`: the initiator took another turn first; `open`: neither, as far as the data goes.
    status VARCHAR not null check (status in ('answered', 'superseded', 'open')),
    -- How sure the answer is: A explicit link, B same thread, C same platform and class, D another lane or platform;
    -- NULL unless answered.
    grade VARCHAR check (grade in ('A', 'B', 'C', 'D')),
    -- The interaction that answered; NULL unless answered.
    response_interaction_id VARCHAR,
    -- Time from the first interaction of the turn to the answer. [seconds]
    lag_s DOUBLE,
    -- Time from the last interaction before the answer to the answer. [seconds]
    lag_last_s DOUBLE,
    -- Time until the initiator's next turn in the lane, whatever the status; NULL when there is none. [seconds]
    superseded_after_s DOUBLE,
    -- Time until the end of coverage, whatever the status: the follow-up. NULL when nothing could have been seen.
    -- [seconds]
    censored_after_s DOUBLE,
    -- Whether the order of gesture and answer is uncertain, because a time is known only to the minute or the day.
    uncertain BOOLEAN not null,
    -- Whether the data could have shown an answer (methods:risk-set). Only such gestures count in rates.
    at_risk BOOLEAN not null,
    -- Why the gesture is not at risk (methods:off-risk-reasons); NULL when it is.
    off_risk_reason VARCHAR check (off_risk_reason in ('none_visible', 'outside_coverage', 'no_follow_up', 'wordless_class', 'no_reply_links', 'partial'))
);
