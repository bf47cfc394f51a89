-- account_id is unique in accounts.
select account_id, count(*) as times from accounts group by all having count(*) > 1;
