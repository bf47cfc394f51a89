-- archive_id is unique in archives.
select archive_id, count(*) as times from archives group by all having count(*) > 1;
