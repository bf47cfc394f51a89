-- How often each rule of matching applied: what was dropped, merged or ambiguous on the way from interactions to
-- gestures.
-- Key: initiator, outcome, name.
create table matching_counts (
    -- Who made the gestures: the owner (`me`) or the contacts (`them`).
    initiator VARCHAR not null check (initiator in ('me', 'them')),
    -- Which answers count: only those with words (`worded`) or all (`any`).
    outcome VARCHAR not null check (outcome in ('worded', 'any')),
    -- What is counted (methods:matching-counts).
    name VARCHAR not null check (
        name in (
            'gestures', 'simultaneous', 'dangling_reply_to', 'negative_lag', 'uncertain', 'id_conflict', 'edited', 'archive_overlap',
            'dropped_excluded_contact', 'dropped_automatic', 'dropped_campaign', 'dropped_link_drop', 'dropped_wordless'
        )
    ),
    -- How often.
    value BIGINT not null
);
