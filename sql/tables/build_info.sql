-- What made this warehouse; the only table with wall-clock times.
create table build_info (
    key VARCHAR, -- key
    value VARCHAR -- value
);
