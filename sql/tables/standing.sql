-- Standing of each contact compared with the owner, with the evidence for it. Without evidence it is unknown.
-- Key: contact_id.
create table standing (
    -- The contact.
    contact_id VARCHAR not null,
    -- Tier: a much larger audience than the owner's (guru), a similar one (peer), a much smaller one (newbie), or
    -- unknown.
    tier VARCHAR not null check (tier in ('guru', 'peer', 'newbie', 'unknown')),
    -- Best evidence there is (methods:standing-evidence). The last three kinds never decide a tier by themselves.
    evidence VARCHAR not null check (
        evidence in (
            'owner_tier', 'owner_audience', 'export_audience', 'follow_structure_upward', 'follow_structure_mutual',
            'follow_structure_downward', 'verified', 'account_age', 'in_degree', 'none'
        )
    ),
    -- Number that the evidence rests on, such as an audience; NULL when it has none.
    value DOUBLE,
    -- Where the evidence was found; NULL without evidence.
    source VARCHAR,
    -- Date of the evidence; NULL when it has none. [UTC]
    as_of TIMESTAMPTZ,
    -- log10((contact's audience + 1) / (owner's audience + 1)), where both are known. [log10]
    log_ratio DOUBLE
);
