"""One account's exports of three generations combine to what was written, in any order. Source: methods:changing-ids."""

import itertools
import json
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest

from tests.consolidation.harness import home_in, rows, run

ME: Final = "Vera Lomax"
NOON: Final = 1_520_000_000_000
Message = tuple[str, int, str]
"""Sender, milliseconds after `NOON`, text."""

OTTO: Final[list[Message]] = [
    ("Otto Brand", 1_250, "shall we row on sunday?"),
    (ME, 61_730, "yes"),
    (ME, 61_730, "yes"),
    ("Otto Brand", 61_730, "yes"),
    ("Otto Brand", 99_040, "bring the oars, please"),
    (ME, 120_500, "they are in the boat"),
]
PIA: Final[list[Message]] = [("Pia Rust", 5_003, "farewell, I am closing this"), (ME, 9_777, "take care")]
CREW: Final[list[Message]] = [
    ("Pia Rust", 300_111, "hello crew"),
    ("Otto Brand", 301_222, "hello all"),
    (ME, 302_333, "good @Otto Brand"),
]
LATER: Final[list[Message]] = [("Otto Brand", 90_000_001, "the river is high")]


def latin(text: str) -> str:
    """Write a text as Meta does, each byte of it a character."""
    return text.encode().decode("latin-1")


def page(names: list[str], messages: list[Message], *, seconds: bool = False, **head: object) -> dict[str, Any]:
    """Return a conversation file, newest message first."""
    listed = [
        {"sender_name": latin(sender), "content": latin(text), "type": "Generic"}
        | ({"timestamp": (NOON + at) // 1000} if seconds else {"timestamp_ms": NOON + at})
        for sender, at, text in sorted(messages, key=lambda message: -message[1])
    ]
    return {"participants": [{"name": latin(name)} for name in names], "messages": listed, **head}


def renamed(messages: list[Message], **names: str) -> list[Message]:
    """Return messages whose senders' first names in `names` have the full name given there."""
    return [(names.get(sender.split(maxsplit=1)[0].lower(), sender), at, text) for sender, at, text in messages]


def export(folder: Path, files: dict[str, object]) -> Path:
    """Write an export's files into a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")
    return folder


def generation_2018(folder: Path) -> Path:
    """Seconds, letters for thread ids, only the other person among the participants."""
    profile = {"profile": {"name": {"full_name": ME}, "registration_timestamp": 1_200_000_000}}
    return export(
        folder / "facebook-veralomax-2018-04-01",
        {
            "profile_information/profile_information.json": profile,
            "messages/OttoBrand_qpwoeiruty/message.json": page(["Otto Brand"], OTTO, seconds=True, title="Otto Brand"),
            "messages/PiaRust_zmxncbvala/message.json": page(["Pia Rust"], PIA, seconds=True, title="Pia Rust"),
            "messages/Crew_tyghbnvfed/message.json": page(
                ["Otto Brand", "Pia Rust"], CREW, seconds=True, title="Crew", thread_type="RegularGroup"
            ),
        },
    )


def generation_2020(folder: Path) -> Path:
    """Milliseconds, other letters; Otto is renamed and the group has another title."""
    profile = {"profile_v2": {"name": {"full_name": ME}, "registration_timestamp": 1_200_000_000}}
    otto, crew = renamed(OTTO, otto="Otto Brånd"), renamed(CREW, otto="Otto Brånd")
    return export(
        folder / "facebook-veralomax-2020-04-01",
        {
            "profile_information/profile_information.json": profile,
            "messages/inbox/OttoBrand_alskdjfhgq/message_1.json": page(["Otto Brånd", ME], otto, title="Otto Brånd"),
            "messages/inbox/PiaRust_mznxbcvlak/message_1.json": page(["Pia Rust", ME], PIA, title="Pia Rust"),
            "messages/inbox/Rowers_qazwsxedcr/message_1.json": page(
                ["Otto Brånd", "Pia Rust", ME], crew, title="Rowers", thread_type="RegularGroup"
            ),
        },
    )


def generation_2024(folder: Path) -> Path:
    """Numbers; Pia's account is closed; a message is edited and one unsent; one is new."""
    profile = {"profile_v2": {"name": {"full_name": ME}, "profile_uri": "https://www.facebook.com/vera.lomax"}}
    otto = [message for message in OTTO if message[2] != "they are in the boat"]
    otto = [(sender, at, text.replace("oars, please", "oars!")) for sender, at, text in otto]
    otto, crew = renamed([*otto, *LATER], otto="Otto Zoll"), renamed(CREW, otto="Otto Zoll", pia="Facebook user")
    inbox = "your_facebook_activity/messages/inbox"
    return export(
        folder / "facebook-veralomax-2024-04-01-AbCdEfGh",
        {
            "personal_information/profile_information/profile_information.json": profile,
            f"{inbox}/ottozoll_501/message_1.json": page(["Otto Zoll", ME], otto, title="Otto Zoll"),
            f"{inbox}/facebookuser_502/message_1.json": page(
                ["Facebook user", ME], renamed(PIA, pia="Facebook user"), title="Facebook user"
            ),
            f"{inbox}/oarsmen_503/message_1.json": page(
                ["Otto Zoll", "Facebook user", ME], crew, title="Oarsmen", joinable_mode={"mode": 1, "link": ""}
            ),
        },
    )


GENERATIONS: Final = (generation_2018, generation_2020, generation_2024)


def seen(home: Path, paths: list[Path]) -> Counter[tuple[Any, ...]]:
    """Return (contact's name, direction, time, text) of each interaction."""
    store = run(home, paths)
    names = dict(rows(store, "contacts", "contact_id", "display_name"))
    found = rows(store, "interactions", "contact_id", "direction", "occurred_at", "text")
    assert {row[-1] for row in rows(store, "archives", "archive_id", "status")} == {"complete"}
    return Counter((names[contact], way, round(at.timestamp() * 1000) - NOON, text) for contact, way, at, text in found)


TRUTH: Final = Counter(
    {
        ("Otto", "inbound", 1_250, "shall we row on sunday?"): 1,
        ("Otto", "outbound", 61_730, "yes"): 2,
        ("Otto", "inbound", 61_730, "yes"): 1,
        ("Otto", "inbound", 99_040, "bring the oars!"): 1,
        ("Otto", "outbound", 120_500, "they are in the boat"): 1,
        ("Otto", "inbound", 90_000_001, "the river is high"): 1,
        ("Otto", "inbound", 301_222, "hello all"): 1,
        ("Otto", "outbound", 302_333, "good @Otto Brand"): 1,
        ("Pia", "inbound", 5_003, "farewell, I am closing this"): 1,
        ("Pia", "outbound", 9_777, "take care"): 1,
        ("Pia", "inbound", 300_111, "hello crew"): 1,
    }
)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_three_generations_in_any_order_combine_to_what_was_written(tmp_path: Path, order: tuple[int, ...]) -> None:
    paths = [GENERATIONS[number](tmp_path / str(place)) for place, number in enumerate(order)]
    found = seen(home_in(tmp_path / "home"), paths)
    first_names = Counter({(name.split()[0], *rest): count for (name, *rest), count in found.items()})
    assert first_names == TRUTH
    assert len({name for name, *_ in found}) == 2
