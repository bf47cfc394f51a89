-- By which kinds of acts are my gestures of each kind answered?
select
    given_kind,
    answer_kind,
    gestures,
    answers,
    round(share, 3) as share
from answer_kinds
where initiator = 'me' and outcome = 'any'
order by given_kind, answers desc;
