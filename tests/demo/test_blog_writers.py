"""The blogs' demo exports, read back, say what was planted; the same world gives the same bytes."""

import importlib
from pathlib import Path

import pytest

from pipeline.containers.opening import open_archive
from pipeline.demo.world import Act, Persona, Post, World
from pipeline.model.records import Interaction, SetAside, Stored, Unattributed
from pipeline.sources import registry
from tests.sources.harness import Outcome, TinyArchive, TinyMember, read

SECOND = 1_000_000
START = 1_700_000_000 * SECOND
BLOGS = ("blogger", "disqus", "wordpress")
LISTS = ("beehiiv", "ghost", "kit", "mailchimp", "mailerlite", "substack")


def _persona(key: str, name: str) -> Persona:
    email = f"{key}@post.example"
    names = (*BLOGS, *LISTS)
    return Persona(
        key,
        name,
        email,
        f"https://{key}.example/",
        audience=10,
        handles=dict.fromkeys(names, key),
        native_ids=dict.fromkeys(names, email),
    )


OWNER = _persona("lea", "Lea Novak")
MIRA, BO = _persona("mira", "Mira <Kestrel>"), _persona("bo", "Bo & Co")


def _talk(platform: str) -> tuple[Act, ...]:
    return (
        Act(
            "a1",
            platform,
            "mira",
            "inbound",
            kind="comment",
            at=START + 60 * SECOND,
            text="First & <best>\nof all ]]> yes",
            thread="t1",
        ),
        Act(
            "a2",
            platform,
            "mira",
            "outbound",
            kind="reply",
            at=START + 120 * SECOND,
            text="Thank you",
            thread="t1",
            reply_to="a1",
        ),
        Act(
            "a3",
            platform,
            "mira",
            "inbound",
            kind="reply",
            at=START + 180 * SECOND,
            text="Any time",
            thread="t1",
            reply_to="a2",
        ),
        Act("a4", platform, "bo", "inbound", kind="comment", at=START + 240 * SECOND, text="Elsewhere", thread="loose"),
        Act("a5", platform, "bo", "inbound", kind="comment", at=START + 300 * SECOND, text="Nowhere"),
    )


PINGS = (
    Act("a6", "wordpress", "bo", "inbound", kind="link", at=START + 360 * SECOND, text="[…] a walk […]", thread="t1"),
    Act("a7", "wordpress", "bo", "outbound", kind="link", at=START + 420 * SECOND, text="as Bo says"),
)
SUBSCRIBED = tuple(
    act
    for platform in LISTS
    for act in (
        Act("s1", platform, "mira", "inbound", kind="opt_in", at=START),
        Act("s2", platform, "bo", "inbound", kind="opt_in", at=START + 9 * SECOND),
        Act(
            "s3",
            platform,
            "bo",
            "inbound",
            kind="unsubscribe",
            at=START + 99 * SECOND,
            visible=platform not in {"kit", "substack"},
        ),
    )
)
WORLD = World(
    OWNER, (MIRA, BO), (*(act for platform in BLOGS for act in _talk(platform)), *PINGS, *SUBSCRIBED), (),
    posts=tuple(Post("t1", platform, START, "A walk <up>") for platform in BLOGS), starts_at=START, exported_at=START + 1_000_000 * SECOND, seed=7,
)  # fmt: skip


def _read_back(platform: str, folder: Path, world: World = WORLD) -> Outcome:
    (path,) = importlib.import_module(f"pipeline.demo.writers.{platform}").write(world, folder)
    with open_archive(path) as archive:
        tiny = TinyArchive(archive.file_name, [TinyMember(member.name, member.read()) for member in archive.members])
    return read(registry.sources()[platform], tiny)


def _acts(outcome: Outcome) -> list[tuple[str, str, str, int, str | None]]:
    items = [item for items in outcome.items.values() for item in items]
    assert not [item for item in items if isinstance(item, SetAside)]
    rows = [row for item in items if isinstance(item, Stored) for row in item.rows if isinstance(row, Interaction)]
    return sorted((row.person, row.direction, row.kind, row.at, row.text) for row in rows)


def _planted(world: World, platform: str) -> list[tuple[str, str, str, int, str | None]]:
    hosts = {"mira": "mira.example", "bo": "bo.example"}
    return sorted(
        (
            hosts[act.person] if act.kind == "link" else world.person(act.person).email,
            act.direction,
            act.kind,
            act.at,
            act.text or None,
        )
        for act in world.visible(platform)
    )


@pytest.mark.parametrize("platform", [*BLOGS, *LISTS])
def test_what_was_planted_is_read_back(platform: str, tmp_path: Path) -> None:
    assert _acts(_read_back(platform, tmp_path)) == _planted(WORLD, platform)


@pytest.mark.parametrize("platform", BLOGS)
def test_answers_point_to_what_they_answer(platform: str, tmp_path: Path) -> None:
    items = [item for items in _read_back(platform, tmp_path).items.values() for item in items]
    rows = [row for item in items if isinstance(item, Stored) for row in item.rows if isinstance(row, Interaction)]
    said = {row.native_id: row.text for row in rows}
    assert {(row.text, said[row.reply_to]) for row in rows if row.reply_to} == {
        ("Thank you", "First & <best>\nof all ]]> yes"),
        ("Any time", "Thank you"),
    }


@pytest.mark.parametrize("platform", ["blogger", "wordpress"])
def test_posts_are_read_back(platform: str, tmp_path: Path) -> None:
    items = [item for items in _read_back(platform, tmp_path).items.values() for item in items]
    rows = [row for item in items if isinstance(item, Stored) for row in item.rows if isinstance(row, Unattributed)]
    assert [(row.kind, row.at, row.text) for row in rows] == [("post", START, "A walk <up>")]


@pytest.mark.parametrize("platform", [*BLOGS, *LISTS])
def test_the_same_world_gives_the_same_bytes(platform: str, tmp_path: Path) -> None:
    write = importlib.import_module(f"pipeline.demo.writers.{platform}").write
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (first,), (second,) = write(WORLD, tmp_path / "a"), write(WORLD, tmp_path / "b")
    assert first.name == second.name
    assert first.read_bytes() == second.read_bytes()
