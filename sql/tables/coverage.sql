-- What the archives can show: account x class x direction x surface; several rows when the spans are apart.
create table coverage (
    account_id VARCHAR, -- owner's account
    platform VARCHAR, -- platform
    class VARCHAR, -- class
    direction VARCHAR, -- outbound or inbound
    surface VARCHAR, -- all, direct, group, public
    visibility VARCHAR, -- full, partial or none
    starts_at TIMESTAMPTZ, -- from when
    ends_at TIMESTAMPTZ, -- until when
    reason VARCHAR, -- why not full, and what was assumed
    thread_id VARCHAR, -- the one thread that the row speaks of; NULL: all
    reply_links BOOLEAN -- the source carries reply links for the class (group gestures are at risk only then)
);
