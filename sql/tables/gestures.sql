-- One row a gesture: the initiator's turn, per initiator and outcome.
create table gestures (
    gesture_id VARCHAR, -- hash of initiator, outcome and first interaction
    initiator VARCHAR, -- me or them
    outcome VARCHAR, -- worded (an answer with words) or any
    contact_id VARCHAR, -- person
    platform VARCHAR, -- platform
    class VARCHAR, -- class
    account_id VARCHAR, -- owner's account
    thread_id VARCHAR, -- thread of the lane
    surface VARCHAR, -- direct, group or public
    is_group BOOLEAN, -- in a group chat
    started_at TIMESTAMPTZ, -- first event of the turn
    last_at TIMESTAMPTZ, -- last event of the turn
    interactions BIGINT, -- events in the turn
    first_interaction_id VARCHAR, -- first event
    status VARCHAR, -- answered, superseded (the initiator followed up) or open
    grade VARCHAR, -- A explicit link, B same thread, C same channel, D another lane or platform; NULL unless answered
    response_interaction_id VARCHAR, -- the answer
    lag_s DOUBLE, -- from the first event to the answer, seconds
    lag_last_s DOUBLE, -- from the last event before the answer, seconds
    superseded_after_s DOUBLE, -- until the initiator's next turn in the lane, seconds; filled whatever the status
    censored_after_s DOUBLE, -- until the end of coverage, seconds; filled whatever the status
    uncertain BOOLEAN, -- the order of gesture and answer is not certain
    at_risk BOOLEAN, -- the data could have shown an answer
    off_risk_reason VARCHAR -- none_visible, partial, outside_coverage, no_follow_up, wordless_class, no_reply_links
);
