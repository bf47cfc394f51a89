"""What the writers of X, LinkedIn and the open file put down, the sources read back, row by row."""

import re
import zipfile
from pathlib import Path

import pytest

from pipeline.demo.world import Act, Bond, Persona, Post, World
from pipeline.demo.writers import linkedin, open_interactions, x
from pipeline.model.records import Interaction, Stored, Tie, Unattributed
from pipeline.sources.base import Source
from pipeline.sources.linkedin.source import SOURCE as LINKEDIN
from pipeline.sources.open_interactions.source import SOURCE as OPEN
from pipeline.sources.x.source import SOURCE as X
from tests.sources.harness import TinyArchive, TinyMember, read

S = 1_000_000
T = 1_700_000_040 * S


def persona(key: str, name: str, slug: str, number: str) -> Persona:
    handles = {"x": slug, "linkedin": slug, "meetup": f"{slug}@post.example"}
    natives = {"x": number, "linkedin": f"linkedin.com/in/{slug}", "meetup": f"{slug}@post.example"}
    return Persona(
        key, name, f"{slug}@post.example", f"https://{slug}.example/", audience=100, handles=handles, native_ids=natives
    )


LEA = persona("owner", "Lea Novak", "lea_n", "900100200")
ANA = persona("p1", "Ana Petrov", "ana_p", "770011223")
BO = persona("p2", "Bo Lind", "bo_l", "770011224")


def act(number: int, platform: str, person: str, direction: str, kind: str, text: str = "", thread: str = "") -> Act:
    return Act(
        f"a{number:03d}", platform, person, direction, kind=kind, at=T + number * 60 * S, text=text, thread=thread
    )


WORLD = World(
    LEA,
    (ANA, BO),
    (
        act(1, "x", "p1", "outbound", kind="message", text="tea & cake <3", thread="x-p1"),
        act(2, "x", "p1", "inbound", kind="message", text="yes, žaba 😂", thread="x-p1"),
        act(3, "x", "p2", "outbound", kind="reply", text="agreed & thanks"),
        act(4, "x", "p2", "outbound", kind="mention", text="look at this"),
        act(5, "x", "p1", "outbound", kind="quote", text="well said"),
        act(6, "x", "p1", "outbound", kind="repost"),
        act(7, "linkedin", "p1", "outbound", kind="message", text='hello\n"there"', thread="linkedin-p1"),
        act(8, "linkedin", "p1", "inbound", kind="message", text="hi", thread="linkedin-p1"),
        act(9, "linkedin", "p2", "outbound", kind="invitation", text="let us meet"),
        act(10, "linkedin", "p2", "inbound", kind="endorsement"),
        act(11, "meetup", "p1", "inbound", kind="message", text="coming?", thread="meetup-p1"),
        act(12, "meetup", "p1", "outbound", kind="message", text="sure", thread="meetup-p1"),
    ),
    (Bond("x", "p1", "follows"), Bond("x", "p2", "followed_by"), Bond("linkedin", "p1", "connected", 1_699_920_000 * S)),
    posts=(Post("t1", "x", T, "to nobody"), Post("t2", "linkedin", T, "a post")),
    starts_at=T - 86_400 * S,
    exported_at=T + 86_400 * S,
    seed=1,
)  # fmt: skip


_NAMED = re.compile(r"^@\w+ | @\w+$")
"""X writes the person's handle into a reply or mention."""


def load(paths: list[Path]) -> TinyArchive:
    members = []
    for path in paths:
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as packed:
                members += [TinyMember(name, packed.read(name)) for name in packed.namelist()]
        else:
            members.append(TinyMember(path.name, path.read_bytes()))
    return TinyArchive(paths[0].name, members)


@pytest.mark.parametrize(
    "platform, source, module", [("x", X, x), ("linkedin", LINKEDIN, linkedin), ("meetup", OPEN, open_interactions)]
)
def test_read_back(platform: str, source: Source, module: object, tmp_path: Path) -> None:
    outcome = read(source, load(module.write(WORLD, tmp_path)))  # type: ignore[attr-defined] # a module
    items = [item for items in outcome.items.values() for item in items]
    rows = [row for item in items if isinstance(item, Stored) for row in item.rows]
    found = sorted(
        (row.at, row.person, row.direction, row.kind, _NAMED.sub("", row.text or ""))
        for row in rows
        if isinstance(row, Interaction)
    )
    planted = [
        (a.at, WORLD.person(a.person).native_ids[platform], a.direction, a.kind, a.text)
        for a in WORLD.visible(platform)
    ]
    assert found == planted
    ties = sorted((row.person, row.kind, row.since) for row in rows if isinstance(row, Tie))
    bonds = [
        (WORLD.person(b.person).native_ids[platform], b.kind, b.since) for b in WORLD.bonds if b.platform == platform
    ]
    assert ties == sorted(bonds)
    posts = [(row.kind, row.at, row.text) for row in rows if isinstance(row, Unattributed)]
    assert posts == [("post", post.at, post.text) for post in WORLD.posts if post.platform == platform]
    assert sum(isinstance(item, Stored) for item in items) == len(planted) + len(ties) + len(posts)


def test_same_world_same_bytes(tmp_path: Path) -> None:
    for module in (x, linkedin, open_interactions):
        contents = []
        for name in ("one", "two"):
            folder = tmp_path / name
            folder.mkdir(exist_ok=True)
            contents.append([path.read_bytes() for path in module.write(WORLD, folder)])
        assert contents[0] == contents[1]
