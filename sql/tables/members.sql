-- The ledger: one row a member (file) of a readable archive, and the fate of each of its records. Always records_in =
-- stored + already_stored + set_aside + skipped.
-- Key: archive_id, member.
create table members (
    -- The archive.
    archive_id VARCHAR not null,
    -- Path inside the archive; of a member of an inner zip `inner.zip!/path`.
    member VARCHAR not null,
    -- Reader that read it; NULL when none reads such a file.
    reader VARCHAR,
    -- Records in it, counted independently of the reader.
    records_in BIGINT not null,
    -- Records that brought at least one new row.
    stored BIGINT not null,
    -- Records every row of which another archive, or an earlier member, had brought.
    already_stored BIGINT not null,
    -- Records that could not be read; each has a row in set_aside.
    set_aside BIGINT not null,
    -- Records that a named rule leaves out (methods:skip-rules).
    skipped BIGINT not null,
    -- How many records each rule left out: a list of `rule=count`. A file that an operating
    -- system left in the archive has `system_file=0`: it is passed over and has no records (methods:system-files).
    skip_reason VARCHAR[]
);
