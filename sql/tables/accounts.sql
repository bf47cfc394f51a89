-- The owner's accounts.
create table accounts (
    account_id VARCHAR, -- platform:native_id
    platform VARCHAR, -- platform
    native_id VARCHAR, -- the platform's key of the account
    handle VARCHAR, -- handle there
    display_name VARCHAR, -- name there
    email VARCHAR -- e-mail address, where the export tells it
);
