-- The owner's accounts on the platforms, one row an account.
-- Key: account_id.
create table accounts (
    -- Identifier of the account: `platform:native_id`.
    account_id VARCHAR not null,
    -- Platform, for example `instagram`; an open interactions file names its own.
    platform VARCHAR not null,
    -- The platform's own identifier of the account; for a site its base URL, for a mailbox its address; `owner` where
    -- the export names none.
    native_id VARCHAR not null,
    -- Handle of the account in the newest export that states one.
    handle VARCHAR,
    -- Display name of the account in the newest export that states one.
    display_name VARCHAR,
    -- E-mail address of the account in the newest export that states one.
    email VARCHAR
);
