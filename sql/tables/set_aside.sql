-- One row a record that could not be read: its location and the reason, never its content.
create table set_aside (
    -- The archive.
    archive_id VARCHAR not null,
    -- Path of the member inside the archive.
    member VARCHAR not null,
    -- Location of the record in the member: JSON pointer, line or byte offset.
    pointer VARCHAR not null,
    -- Code of the reason (methods:set-aside-reasons).
    reason_code VARCHAR not null,
    -- What is wrong and why, in a sentence.
    reason VARCHAR
);
