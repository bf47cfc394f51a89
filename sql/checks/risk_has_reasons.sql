-- A gesture is at risk and has a follow-up, or it has a reason why it is not at risk.
select gesture_id from gestures
where at_risk is distinct from (off_risk_reason is null) or (at_risk and coalesce(censored_after_s, 0) <= 0);
