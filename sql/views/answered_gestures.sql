-- Gestures with the names and texts of both sides: contact, text given, status, lag, kind and text of the answer.
create view answered_gestures as
select
    g.gesture_id,
    g.initiator,
    g.outcome,
    c.display_name,
    g.platform,
    g.class,
    g.started_at,
    given.text as given_text,
    g.status,
    g.grade,
    g.lag_s,
    answer.kind as answer_kind,
    answer.text as answer_text,
    g.at_risk,
    g.off_risk_reason
from gestures as g
inner join contacts as c on g.contact_id = c.contact_id
inner join interactions as given on g.first_interaction_id = given.interaction_id
left join interactions as answer on g.response_interaction_id = answer.interaction_id;
