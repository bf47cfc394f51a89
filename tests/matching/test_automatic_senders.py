"""Contacts all of whose messages are automatic."""

from typing import Any

import polars as pl

from pipeline.matching.automatic_messages import automatic_senders
from pipeline.model.schemas import INTERACTIONS

STOCK = "we got your note and will answer soon"


def event(contact: str, minute: int, text: str | None, direction: str = "inbound", **other: Any) -> dict[str, Any]:
    base = {
        "interaction_id": f"{contact}{minute}{direction}", "contact_id": contact, "account_id": "x:me", "platform": "x",
        "class": "message", "kind": "message", "direction": direction, "at": minute * 60_000_000 + (direction == "inbound"),
        "resolution_s": 1, "is_group": False, "text": text,
    }  # fmt: skip
    return base | other


def found(*events: dict[str, Any]) -> list[str]:
    return automatic_senders(pl.DataFrame(list(events), schema=INTERACTIONS)).to_list()


def test_a_contact_who_only_answers_at_once_in_the_same_words_is_automatic() -> None:
    asked = [event(name, minute, "hi", "outbound") for name in ("bot", "ann") for minute in (1, 5, 9)]
    answers = [event(name, minute, STOCK) for name in ("bot", "ann") for minute in (1, 5, 9)]
    assert found(*asked, *answers) == ["ann", "bot"]
    assert found(*asked, *answers, event("ann", 20, "yes, of course, see you there on Monday")) == ["bot"]
    assert found(*asked, *answers, event("ann", 20, "ok")) == ["bot"]
    assert found(*asked, *answers, event("ann", 20, None)) == ["bot"]


def test_what_the_source_calls_automatic_needs_no_text() -> None:
    assert found(event("list", 1, None, automatic="list_id"), event("list", 2, "ok", automatic="list_id")) == ["list"]
    assert found(event("list", 1, None, automatic="list_id"), event("list", 2, "ok")) == []


def test_one_character_that_normalises_to_many_words_counts_as_many() -> None:
    """U+FDFA is one character and eighteen in its normal form, four words."""
    asked = [event("bot", minute, "hi", "outbound") for minute in (1, 5, 9)]
    assert found(*asked, *(event("bot", minute, "\ufdfa \ufdfa") for minute in (1, 5, 9))) == ["bot"]


def test_a_contact_who_sent_nothing_is_not_automatic() -> None:
    assert found(event("ann", 1, "hi", "outbound")) == []
    assert found() == []
