-- human_lag(seconds): a duration as text in one unit, as the report formats it.
create macro human_lag(seconds) as
case
    when seconds is null then null
    when seconds < 3600 then round(seconds / 60)::int || ' min'
    when seconds < 172800 then round(seconds / 3600)::int || ' h'
    when seconds < 1209600 then round(seconds / 86400)::int || ' days'
    when seconds < 6048000 then round(seconds / 604800)::int || ' weeks'
    else round(seconds / 2629746)::int || ' months'
end;
