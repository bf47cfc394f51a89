-- What built this warehouse: tool version, settings, inputs. The only table with wall-clock times.
-- Key: key.
create table build_info (
    -- Name of the fact: built_at, inputs, sequence, settings, settings_hash, version.
    key VARCHAR not null,
    -- Its value.
    value VARCHAR
);
