"""The table `exclusions` of a home: every interaction that is left out, and the owner's decisions on people."""

from pathlib import Path

import pytest

from tests.consolidation.harness import home_in, open_file, rows, run

AWAY = "Thank you for your message. I am away until Monday."
OFFER = "My new book about gardens is out now, have a look!"
ONLY_AUTOMATIC = "only automatic messages came from this person"
CAMPAIGN = "campaign: one text to 5 people within 24 hours"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home: five readers got one offer; ann's mailbox answers at once; bob sends links to his shop."""
    made = home_in(tmp_path_factory.mktemp("home"))
    acts: list[dict[str, object]] = []
    for day in range(1, 4):
        acts += [
            {"id": f"to-ann-{day}", "occurred_at": f"2024-05-0{day}T10:00:00Z", "text": f"question {day}"},
            {"id": f"of-ann-{day}", "direction": "inbound", "occurred_at": f"2024-05-0{day}T10:00:20Z", "text": AWAY},
            {"id": f"of-bob-{day}", "contact": "bob", "direction": "inbound", "occurred_at": f"2024-06-0{day}T10:00:00Z", "text": f"https://bobshop.com/{day}"},
        ]  # fmt: skip
    acts += [
        {"id": f"offer-{number}", "contact": f"reader{number}", "occurred_at": f"2024-07-01T1{number}:00:00Z", "text": OFFER}
        for number in range(5)
    ]  # fmt: skip
    open_file(made / "exports", "club", [{key: f'"{value}"' for key, value in act.items()} for act in acts])
    return made


def excluded(home: Path) -> dict[tuple[str, str, str], int]:
    """Return (contact, rule, reason) -> interactions; the checks that the warehouse runs are in sql/checks."""
    store = run(home, wanted=("exclusions", "contacts"))
    contact = dict(rows(store, "interactions", "interaction_id", "contact_id"))
    found: dict[tuple[str, str, str], int] = {}
    for name, rule, reason in rows(store, "exclusions", "interaction_id", "rule", "reason"):
        key = (contact[name], rule, reason)
        found[key] = found.get(key, 0) + 1
    return found


def decide(home: Path, *lines: str) -> None:
    """Replace the owner's decisions."""
    (home / "contacts.csv").write_text("\n".join(["action,contact,exclude", *lines, ""]), encoding="utf-8")


READERS = {(f"club:reader{number}", "campaign", CAMPAIGN): 1 for number in range(5)}
ANN = {("club:ann", "excluded_contact", ONLY_AUTOMATIC): 6}
BOB = {("club:bob", "excluded_contact", "only link drops came from this person"): 3}


def test_every_rule_is_named_with_its_reason(home: Path) -> None:
    decide(home)
    assert excluded(home) == ANN | BOB | READERS


def test_the_owner_excludes_people_and_keeps_others_in(home: Path) -> None:
    decide(home, "set,club:ann,no", "set,club:bob,no", "set,club:reader1,yes")
    by_owner = {("club:reader1", "excluded_contact", "excluded by you (contacts.csv)"): 1}
    others = {key: count for key, count in READERS.items() if key[0] != "club:reader1"}
    assert excluded(home) == others | by_owner


def test_a_decision_can_be_undone(home: Path) -> None:
    decide(home, "set,club:ann,no", "undo,club:ann,")
    assert excluded(home) == ANN | BOB | READERS
