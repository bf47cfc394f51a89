-- Am I answered in like fashion, or how else?
select
    given_kind,
    answer_kind,
    gestures,
    answers,
    round(share, 3) as share
from answer_kinds
where initiator = 'me' and outcome = 'any'
order by given_kind, answers desc;
