-- One row an archive that was given or lies in the inbox; nothing of it is ever changed.
create table archives (
    archive_id VARCHAR, -- SHA-256 of the bytes; of a folder, of its sorted names and hashes; an open interactions file together with its coverage file
    path VARCHAR, -- where it was found, relative to the home when inside it; the first in sorted order of byte-identical copies
    platform VARCHAR, -- platforms recognised by what is inside, sorted and joined with +; NULL when unrecognised
    account_id VARCHAR, -- owner's account that the archive belongs to (of its first platform); NULL when it names none
    exported_at TIMESTAMPTZ, -- when it was exported by the export's own statement; NULL when it states none
    first_at TIMESTAMPTZ, -- time of its earliest event
    last_at TIMESTAMPTZ, -- time of its newest event
    size_bytes BIGINT, -- size of the container in bytes
    status VARCHAR, -- complete, partial (something set aside, unreadable, or a gap found), failed, unrecognised
    reason VARCHAR -- why it is not complete, in words; NULL when it is
);
