-- Every member's records_in equals stored + already_stored + set_aside + skipped.
select archive_id, member, records_in from members
where records_in is distinct from stored + already_stored + set_aside + skipped;
