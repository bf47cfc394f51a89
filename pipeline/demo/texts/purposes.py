"""What a text is for: the kinds that are planted and how often each occurs in a situation."""

from bisect import bisect
from itertools import accumulate
from random import Random
from typing import Final

TEMPLATED: Final = "templated"
CAMPAIGN: Final = "campaign"
LINK_DROP: Final = "link_drop"
PROMOTION: Final = "promotion"

Weights = dict[str, float]

_COMMENT_OF_OWNER: Final[Weights] = {
    "generic": 24, "remark": 22, "question": 15, "thanks_named": 8, "congratulation": 6, "offer": 4, "resource": 3,
    "ask": 3, "ask_please": 2, "criticism": 2, "thanks": 4, "disclosure_1": 4, "disclosure_2": 3,
}  # fmt: skip
_MESSAGE_OF_OWNER: Final[Weights] = {
    "question": 20, "remark": 14, "ask": 8, "ask_please": 8, "offer": 8, "resource": 6, "thanks_named": 9,
    "congratulation": 6, "complaint": 3, "disclosure_1": 6, "disclosure_2": 5, "disclosure_3": 2, "generic": 5,
}  # fmt: skip
_COMMENT_OF_OTHERS: Final[Weights] = {
    "generic": 30, "remark": 22, "question": 16, "thanks_named": 9, "thanks": 6, "criticism": 5, "wrapped_criticism": 4,
    "complaint": 2, "offer": 2, "disclosure_1": 2, "disclosure_2": 2,
}  # fmt: skip
_MESSAGE_OF_OTHERS: Final[Weights] = {
    "question": 22, "ask": 12, "ask_please": 8, "remark": 12, "thanks_named": 9, "thanks": 5, "congratulation": 5,
    "offer": 6, "criticism": 4, "wrapped_criticism": 3, "complaint": 5, "disclosure_1": 5, "disclosure_2": 4,
    "disclosure_3": 2, "generic": 4,
}  # fmt: skip

_TO_REQUEST: Final[Weights] = {
    "answer_question": 60, "acknowledgement": 12, "answer": 15, "resource": 6, "disclosure_1": 4, "thanks": 3,
}  # fmt: skip
_TO_PRAISE: Final[Weights] = {"thanks": 45, "acknowledgement": 30, "answer": 15, "generic": 10}
_TO_THANKS: Final[Weights] = {"acknowledgement": 60, "answer": 25, "thanks": 15}
_TO_GIFT: Final[Weights] = {"thanks_named": 45, "thanks": 25, "acknowledgement": 20, "answer": 10}
_TO_CRITICISM: Final[Weights] = {"answer_criticism": 70, "acknowledgement": 10, "thanks": 10, "question": 10}
_TO_COMPLAINT: Final[Weights] = {"sympathy": 50, "answer": 20, "acknowledgement": 30}
_TO_REMARK: Final[Weights] = {"answer": 50, "question": 20, "acknowledgement": 15, "thanks_named": 10, "generic": 5}
_TO_ADVERTISEMENT: Final[Weights] = {"acknowledgement": 50, "thanks": 20, "question": 10, "answer": 20}
_ANSWERS: Final[dict[str, Weights]] = {
    **dict.fromkeys(("question", "ask", "ask_please", TEMPLATED), _TO_REQUEST),
    **dict.fromkeys(("generic", "congratulation"), _TO_PRAISE),
    **dict.fromkeys(("thanks", "thanks_named"), _TO_THANKS),
    **dict.fromkeys(("offer", "resource"), _TO_GIFT),
    **dict.fromkeys(("criticism", "wrapped_criticism"), _TO_CRITICISM),
    **dict.fromkeys((LINK_DROP, PROMOTION, CAMPAIGN), _TO_ADVERTISEMENT),
    "complaint": _TO_COMPLAINT,
    "disclosure_1": {"disclosure_1": 50, "answer": 25, "question": 10, "acknowledgement": 15},
    "disclosure_2": {"disclosure_2": 45, "sympathy": 30, "disclosure_1": 15, "acknowledgement": 10},
    "disclosure_3": {"sympathy": 55, "disclosure_3": 25, "disclosure_2": 20},
}


def first_purpose(random: Random, *, outbound: bool, message: bool) -> str:
    """Return what a first act is for."""
    if message:
        return _draw(random, _MESSAGE_OF_OWNER if outbound else _MESSAGE_OF_OTHERS)
    return _draw(random, _COMMENT_OF_OWNER if outbound else _COMMENT_OF_OTHERS)


def answering_purpose(random: Random, answered: str) -> str:
    """Return what an answer to a text of kind `answered` is for."""
    return _draw(random, _ANSWERS.get(answered, _TO_REMARK))


def _draw(random: Random, weights: Weights) -> str:
    kinds, sums = tuple(weights), tuple(accumulate(weights.values()))
    return kinds[bisect(sums, random.random() * sums[-1])]
