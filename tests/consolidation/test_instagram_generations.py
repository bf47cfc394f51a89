"""Instagram: usernames in the files of 2018-20, letters, then numbers; the owner and two friends change their names."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.consolidation.harness import home_in, rows, run
from tests.consolidation.test_three_generations import (
    CREW,
    LATER,
    ME,
    NOON,
    OTTO,
    PIA,
    TRUTH,
    Message,
    export,
    page,
    renamed,
    seen,
)

HANDLES = {ME: "vera.old", "Otto Brand": "otto_b", "Pia Rust": "pia.rust"}
CREATED = 1_425_168_000
FOLLOWER = {"href": "https://www.instagram.com/otto_b", "value": "otto_b", "timestamp": 1_514_764_800}


def iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")


def profile(handle: str) -> dict[str, object]:
    fields = {"Username": {"value": handle}, "Name": {"value": ME}}
    return {"profile_user": [{"title": "", "string_map_data": fields}]}


def signup() -> dict[str, object]:
    return {"account_history_registration_info": [{"title": "", "string_map_data": {"Time": {"timestamp": CREATED}}}]}


def conversation(messages: list[Message]) -> dict[str, object]:
    listed = [
        {"sender": HANDLES[sender], "created_at": iso((NOON + at) / 1000), "text": text}
        for sender, at, text in sorted(messages, key=lambda message: -message[1])
    ]
    return {
        "participants": sorted({HANDLES[ME], *(HANDLES[sender] for sender, *_ in messages)}),
        "conversation": listed,
    }


def flat(folder: Path) -> Path:
    joined = datetime.fromtimestamp(CREATED, UTC).replace(tzinfo=None).isoformat()
    return export(
        folder / "vera.old_20190401_part_1",
        {
            "profile.json": {"username": "vera.old", "name": ME, "date_joined": joined},
            "messages.json": [conversation(OTTO), conversation(PIA), conversation(CREW)],
        },
    )


def letters(folder: Path) -> Path:
    return export(
        folder / "instagram_vera.old_20210401",
        {
            "account_information/personal_information.json": profile("vera.old"),
            "login_and_account_creation/signup_information.json": {},
            "followers_and_following/followers_1.json": [{"title": "", "string_list_data": [FOLLOWER]}],
            "messages/inbox/ottobrand_qwertyuiop/message_1.json": page(["Otto Brand", ME], OTTO, title="Otto Brand"),
            "messages/inbox/piarust_asdfghjklz/message_1.json": page(["Pia Rust", ME], PIA, title="Pia Rust"),
            "messages/inbox/crew_zxcvbnmasd/message_1.json": page(["Otto Brand", "Pia Rust", ME], CREW, title="Crew"),
        },
    )


def numbers(folder: Path, handle: str = "vera.new") -> Path:
    inbox = "your_instagram_activity/messages/inbox"
    otto = [(sender, at, text.replace("oars, please", "oars!")) for sender, at, text in OTTO]
    otto, crew = (
        renamed([*otto, *LATER], otto="Otto Zoll"),
        renamed(CREW, otto="Otto Zoll", pia="Instagram User"),
    )
    return export(
        folder / f"instagram-{handle}-2024-04-01-AbCdEfGh",
        {
            "personal_information/personal_information/personal_information.json": profile(handle),
            "security_and_login_information/login_and_profile_creation/instagram_signup_details.json": signup(),
            "connections/followers_and_following/followers_1.json": [{"title": "", "string_list_data": [FOLLOWER]}],
            f"{inbox}/ottozoll_17840000000000001/message_1.json": page(["Otto Zoll", ME], otto, title="Otto Zoll"),
            f"{inbox}/instagramuser_17840000000000002/message_1.json": page(
                ["Instagram User", ME], renamed(PIA, pia="Instagram User"), title="Instagram User"
            ),
            f"{inbox}/crew_17840000000000003/message_1.json": page(
                ["Otto Zoll", "Instagram User", ME], crew, title="Crew", joinable_mode={"mode": 1, "link": ""}
            ),
        },
    )


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_three_generations_of_one_renamed_account(tmp_path: Path, order: tuple[int, ...]) -> None:
    generations = (flat, letters, numbers)
    home = home_in(tmp_path / "home")
    found = seen(home, [generations[number](tmp_path / str(place)) for place, number in enumerate(order)])
    assert sum(found.values()) == sum(TRUTH.values()) + 1  # the follower
    store = run(home)
    assert rows(store, "unattributed", "text") == []
    messages = [row for row in rows(store, "interactions", "kind", "occurred_at", "text") if row[0] == "message"]
    assert sorted(text for _, _, text in messages) == sorted(text for (*_, text), n in TRUTH.items() for _ in range(n))


def test_two_exports_in_one_folder_count_every_act_once(tmp_path: Path) -> None:
    folder = tmp_path / "all my data"
    letters(folder)
    numbers(folder, "vera.old")
    store = run(home_in(tmp_path / "home"), [folder])
    kinds = [kind for (kind,) in rows(store, "interactions", "kind")]
    assert (kinds.count("message"), kinds.count("follow")) == (sum(TRUTH.values()), 1)
    members = rows(store, "members", "records_in", "stored", "already_stored", "set_aside", "skipped")
    assert all(records == sum(fates) for records, *fates in members)
