-- One row a file in a readable archive. Always records_in = stored + already_stored + set_aside + skipped.
create table members (
    archive_id VARCHAR, -- archive
    member VARCHAR, -- path inside the archive; an inner zip's as inner.zip!/path
    reader VARCHAR, -- what read it; NULL when nothing does
    records_in BIGINT, -- records counted independently of the reader
    stored BIGINT, -- records that brought at least one new row
    already_stored BIGINT, -- records every row of which another archive, or an earlier member, had brought
    set_aside BIGINT, -- records that could not be read; each is a row of set_aside
    skipped BIGINT, -- records left out by a named rule
    skip_reason VARCHAR[] -- list of reason=count
);
