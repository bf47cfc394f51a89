-- The owner's verdicts on steps, from steps.csv (methods:step-verdicts). No measured figure reads them.
-- Key: gesture_id.
create table steps (
    -- The gesture; a verdict on one outcome holds for the other.
    gesture_id VARCHAR not null,
    -- What the owner decided: `done`; answered `elsewhere`; `no_answer_needed`; `snooze`: later.
    verdict VARCHAR not null check (verdict in ('done', 'elsewhere', 'no_answer_needed', 'snooze')),
    -- Start of the day on which a snoozed step is open again; NULL unless snoozed. [UTC]
    until TIMESTAMPTZ,
    -- When the owner decided; NULL where the file doesn't say. [UTC]
    decided_at TIMESTAMPTZ
);
