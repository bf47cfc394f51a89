"""What the writers of Meta's exports put down, the sources read back: row by row, on a world small enough to read."""

import io
import zipfile
from pathlib import Path
from typing import Any

from pipeline.demo.world import Act, Bond, Persona, Post, World
from pipeline.demo.writers import facebook, instagram
from pipeline.model.records import Alias, Interaction, Stored, Tie, Unattributed
from pipeline.model.survey import ReadSettings
from pipeline.sources.base import Source
from pipeline.sources.facebook.source import SOURCE as FACEBOOK
from pipeline.sources.instagram.source import SOURCE as INSTAGRAM
from tests.sources.harness import Outcome, TinyArchive, TinyMember, read

S = 1_000_000
T = 1_700_000_000 * S


def persona(key: str, name: str, handle: str, number: str) -> Persona:
    handles = {"facebook": handle, "instagram": handle, "threads": handle}
    return Persona(
        key,
        name,
        f"{handle}@post.example",
        f"https://{handle}.example/",
        audience=100,
        handles=handles,
        native_ids={**handles, "facebook": number},
    )


LEA = persona("owner", "Lea Novák", "lea.novak", "100000000000001")
ANA = persona("p1", "Ana Pétrov", "ana.petrov", "100000000000002")
BO = persona("p2", "Bo Lind", "bo.lind", "100000000000003")


def world() -> World:
    def act(number: int, platform: str, person: str, direction: str, kind: str, **more: Any) -> Act:
        return Act(f"a{number:03d}", platform, person, direction, kind=kind, at=T + number * S, **more)

    return World(
        LEA,
        (ANA, BO),
        (
            act(1, "facebook", "p1", "outbound", kind="message", text="zdravo 😂 žaba", thread="facebook-p1"),
            act(2, "facebook", "p1", "inbound", kind="message", text="hi", thread="facebook-p1"),
            act(3, "facebook", "p1", "outbound", kind="message_reaction", reply_to="a002", thread="facebook-p1"),
            act(4, "facebook", "p2", "inbound", kind="call", thread="facebook-p2"),
            act(5, "facebook", "p2", "outbound", kind="comment", text="so nice"),
            act(6, "facebook", "p2", "inbound", kind="comment", text="never seen", visible=False),
            act(7, "facebook", "p2", "outbound", kind="like"),
            act(8, "facebook", "p1", "outbound", kind="wall_post", text="happy birthday"),
            act(9, "facebook", "p1", "inbound", kind="friend_request"),
            act(10, "facebook", "p1", "inbound", kind="poke"),
            act(11, "instagram", "p1", "outbound", kind="like"),
            act(12, "instagram", "p1", "inbound", kind="message", text="ciao", thread="instagram-p1"),
            act(13, "instagram", "p2", "outbound", kind="comment", text="čudovito"),
            act(14, "instagram", "p2", "outbound", kind="follow"),
            act(15, "instagram", "p1", "inbound", kind="follow"),
            act(16, "threads", "p1", "outbound", kind="like"),
            act(17, "threads", "p1", "inbound", kind="follow"),
            act(
                18,
                "facebook",
                "p2",
                "inbound",
                kind="message_request",
                text="do you know me?",
                thread="facebook-p2-request",
            ),
        ),
        (
            Bond("facebook", "p1", "connected", T),
            Bond("instagram", "p2", "follows", T + 14 * S),
            Bond("instagram", "p1", "followed_by", T + 15 * S),
            Bond("threads", "p1", "followed_by", T + 17 * S),
        ),
        posts=(Post("t001", "facebook", T + 20 * S, "a post"), Post("t002", "threads", T + 21 * S, "a thought")),
        starts_at=T - 86_400 * S,
        exported_at=T + 86_400 * S,
        seed=7,
    )


def read_zip(source: Source, path: Path) -> Outcome:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        members = [TinyMember(name, archive.read(name)) for name in archive.namelist()]
    return read(source, TinyArchive(path.name, members), ReadSettings())


def rows(outcome: Outcome) -> list[Any]:
    return [row for items in outcome.items.values() for item in items if isinstance(item, Stored) for row in item.rows]


def acts(outcome: Outcome, platform: str | None = None) -> set[tuple[str, str, str, int, str | None]]:
    return {
        (row.person, row.direction, row.kind, (row.at - T) // S, row.text)
        for row in rows(outcome)
        if isinstance(row, Interaction) and row.platform == platform
    }


def ties(outcome: Outcome, platform: str | None = None) -> set[tuple[str, str, int | None]]:
    return {
        (row.person, row.kind, row.since) for row in rows(outcome) if isinstance(row, Tie) and row.platform == platform
    }


def posts(outcome: Outcome, platform: str | None = None) -> list[tuple[str, int | None, str | None]]:
    return [
        (row.kind, row.at, row.text)
        for row in rows(outcome)
        if isinstance(row, Unattributed) and row.platform == platform
    ]


def test_facebook_comes_back(tmp_path: Path) -> None:
    (path,) = facebook.write(world(), tmp_path)
    assert path.name.startswith("facebook-leanovak-2023-11-15-")
    outcome = read_zip(FACEBOOK, path)
    assert acts(outcome) == {
        ("thread:100000000000002", "outbound", "message", 1, "zdravo 😂 žaba"),
        ("thread:100000000000002", "inbound", "message", 2, "hi"),
        ("thread:100000000000002", "outbound", "message_reaction", 3, None),
        ("thread:100000000000003", "inbound", "call", 4, None),
        ("name:bo lind", "outbound", "comment", 5, "so nice"),
        ("name:bo lind", "outbound", "like", 7, None),
        ("name:ana pétrov", "outbound", "wall_post", 8, "happy birthday"),
        ("name:ana pétrov", "inbound", "friend_request", 9, None),
        ("name:ana pétrov", "inbound", "poke", 10, None),
        ("thread:100000000000003", "inbound", "message_request", 18, "do you know me?"),
    }
    assert ties(outcome) == {("name:ana pétrov", "connected", T)}
    assert posts(outcome) == [("post", T + 20 * S, "a post")]
    assert outcome.survey.account is not None
    assert outcome.survey.account.native_id == "lea.novak"
    assert outcome.survey.exported_at == 1_700_006_400 * S
    assert outcome.survey.account_created_at == T - 86_400 * S


def test_a_reaction_answers_its_message(tmp_path: Path) -> None:
    outcome = read_zip(FACEBOOK, facebook.write(world(), tmp_path)[0])
    found = {
        row.kind: row for row in rows(outcome) if isinstance(row, Interaction) and row.at in (T + 2 * S, T + 3 * S)
    }
    assert found["message_reaction"].reply_to == found["message"].native_id


def test_instagram_and_threads_come_back_from_one_zip(tmp_path: Path) -> None:
    (path,) = instagram.write(world(), tmp_path)
    assert path.name.startswith("instagram-lea.novak-2023-11-15-")
    outcome = read_zip(INSTAGRAM, path)
    (thread,) = {row.person for row in rows(outcome) if isinstance(row, Interaction) and row.kind == "message"}
    assert acts(outcome) == {
        ("ana.petrov", "outbound", "like", 11, None),
        (thread, "inbound", "message", 12, "ciao"),
        ("bo.lind", "outbound", "comment", 13, "čudovito"),
        ("bo.lind", "outbound", "follow", 14, None),
        ("ana.petrov", "inbound", "follow", 15, None),
    }
    assert acts(outcome, "threads") == {
        ("ana.petrov", "outbound", "like", 16, None),
        ("ana.petrov", "inbound", "follow", 17, None),
    }
    assert ties(outcome) == {("bo.lind", "follows", T + 14 * S), ("ana.petrov", "followed_by", T + 15 * S)}
    assert ties(outcome, "threads") == {("ana.petrov", "followed_by", T + 17 * S)}
    assert posts(outcome, "threads") == [("post", T + 21 * S, "a thought")]
    assert [(row.native_id, row.other) for row in rows(outcome) if isinstance(row, Alias)] == [(thread, "ana.petrov")]


def test_the_same_world_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    for writer in (facebook, instagram):
        first, second = writer.write(world(), tmp_path)[0], writer.write(world(), tmp_path / "again")[0]
        assert first.name == second.name
        assert first.read_bytes() == second.read_bytes()
