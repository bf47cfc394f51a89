-- A gesture is at risk or has the reason why not; at risk it has a follow-up.
select gesture_id from gestures
where at_risk is distinct from (off_risk_reason is null) or (at_risk and coalesce(censored_after_s, 0) <= 0);
