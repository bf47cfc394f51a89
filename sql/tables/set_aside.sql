-- One row a record that could not be read: place and reason, never its content.
create table set_aside (
    archive_id VARCHAR, -- archive
    member VARCHAR, -- path inside the archive
    pointer VARCHAR, -- JSON pointer, line or byte offset
    reason_code VARCHAR, -- machine word
    reason VARCHAR -- what and why, for a person
);
