-- One row an archive that was given to the tool or found in the inbox. The tool never changes an archive.
-- Key: archive_id.
create table archives (
    -- SHA-256 of the bytes; of a folder, of its sorted member names and hashes; of an open interactions file, together
    -- with its coverage file.
    archive_id VARCHAR not null,
    -- Where the archive was found, relative to the home when inside it. Of byte-identical copies the first path in
    -- sorted order.
    path VARCHAR not null,
    -- Platforms recognised by the contents, sorted and joined with `+` (`instagram+threads`); NULL when unrecognised.
    platform VARCHAR,
    -- The owner's account that the archive belongs to (on its first platform); NULL when it names none.
    account_id VARCHAR,
    -- When the export was made, by its own statement; NULL when it states none. [UTC]
    exported_at TIMESTAMPTZ,
    -- Time of its earliest interaction. [UTC]
    first_at TIMESTAMPTZ,
    -- Time of its latest interaction. [UTC]
    last_at TIMESTAMPTZ,
    -- Size of the container. [bytes]
    size_bytes BIGINT,
    -- `complete`: read in full. `partial`: a record was set aside, a member was unreadable, or the container has a gap.
    -- `failed`: nothing could be read. `unrecognised`: readable, but no source knows it.
    status VARCHAR not null check (status in ('complete', 'partial', 'failed', 'unrecognised')),
    -- Why it is not complete, in a sentence, and which recognised members held no record; NULL otherwise.
    reason VARCHAR
);
