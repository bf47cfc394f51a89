"""Sentences and labels that sections share."""

from pathlib import Path

import pytest

from pipeline.model.codes import CLASS_OF_KIND, CLASSES
from reports import wording

NEVER = ("toxic", "score", "leaderboard", "streak", "ignored", "leads to", "because of you", "failed to answer")


@pytest.mark.parametrize(
    "said, text",
    [
        (wording.k_of_n(3, 4), "3 of 4"),
        (wording.too_few(7, 50), "Too few to say (7 people; 10 needed)"),
        (wording.too_few(12, 1), "Too few to say (1 step; 30 needed)"),
        (wording.no_difference("peers", "newbies", 120), "No clear difference between peers and newbies (n = 120)"),
        (wording.share_with_interval(0.42, 0.4, 0.44), "42\u202f% (40–44\u202f%)"),
        (wording.steps_to(4477, 954), "4\u202f477 steps to 954 people"),
        (wording.steps_to(1, 1), "1 step to 1 person"),
        (wording.within(1), "within a day"),
        (wording.within(7), "within 7 days"),
        (wording.label(wording.PLATFORMS, "x"), "X"),
        (wording.label(wording.PLATFORMS, "my forum"), "my forum"),
        (wording.label(wording.PLATFORMS, None), "–"),
    ],
)
def test_words(said: str, text: str) -> None:
    assert said == text


def test_every_class_and_kind_has_a_word() -> None:
    assert set(wording.CLASSES) == set(CLASSES)
    assert set(wording.KINDS) == set(CLASS_OF_KIND)


def test_a_report_has_no_judging_words(report: Path) -> None:
    text = (report / "index.html").read_text(encoding="utf-8").lower()
    visible = text.split("<main", 1)[1].split("<script", 1)[0]
    assert not [word for word in NEVER if word in visible]
