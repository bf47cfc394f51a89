-- What the archives can show: one row for each account, class, direction, surface and span of time. Several rows where
-- the spans don't touch; a row with visibility `none` where no archive shows anything.
-- Key: account_id, platform, class, direction, surface, thread_id, visibility, starts_at.
create table coverage (
    -- The owner's account.
    account_id VARCHAR not null,
    -- Platform.
    platform VARCHAR not null,
    -- Class of interactions.
    class VARCHAR not null check (class in ('message', 'comment', 'reaction', 'share', 'follow', 'invite', 'endorsement', 'subscription')),
    -- Acts of the owner (`outbound`) or towards the owner (`inbound`).
    direction VARCHAR not null check (direction in ('outbound', 'inbound')),
    -- Where the acts take place: in private (`direct`), in a group chat (`group`), in public (`public`), or on any
    -- surface (`all`).
    surface VARCHAR not null check (surface in ('all', 'direct', 'group', 'public')),
    -- Whether the archives show every such act (`full`), some of them (`partial`) or none.
    visibility VARCHAR not null check (visibility in ('none', 'partial', 'full')),
    -- Start of the span; NULL when unknown. [UTC]
    starts_at TIMESTAMPTZ,
    -- End of the span; NULL when unknown. [UTC]
    ends_at TIMESTAMPTZ,
    -- Why visibility is not full, and what was assumed in reading; NULL when there is nothing to say.
    reason VARCHAR,
    -- The only thread that the row is about; NULL: every thread without a row of its own.
    thread_id VARCHAR,
    -- Whether the source states which act answers which; without it, gestures in group chats are not at risk.
    reply_links BOOLEAN
);
