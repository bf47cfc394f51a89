-- Outreach and return per tier, by period.
create table balance (
    period VARCHAR, -- all, or YYYY-MM
    tier VARCHAR, -- guru, peer, newbie, unknown
    gestures BIGINT, -- owner's gestures
    contacts BIGINT, -- contacts reached
    outreach_share DOUBLE, -- of the period's gestures
    answers BIGINT, -- answers received
    return_share DOUBLE, -- of the period's answers
    target_share DOUBLE, -- owner's target mix; NULL when none is set
    contact_share DOUBLE, -- of the contacts reached in the period
    outreach_share_known DOUBLE, -- of the gestures to contacts of known tier
    attention_return DOUBLE -- answers / gestures; NULL below 5 contacts
);
