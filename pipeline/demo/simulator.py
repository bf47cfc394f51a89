"""Plant a world: who turned to whom, when, who answered; seeded, so that the same seed gives the same exports.

What is planted per platform follows from what the platform lets people do (`SCENES`); an act that the platform's export
would not hold is planted with `visible=False`, so that the truth knows answers that no archive shows.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from random import Random
from typing import Final

from pipeline.demo.decisions import decisions_csv
from pipeline.demo.people import Character, owner, people
from pipeline.demo.rhythm import DAY, SECOND, after, moment
from pipeline.demo.texts.words_of_world import write_texts
from pipeline.demo.world import Act, Bond, Persona, Post, World

SEED: Final = 20_26
STARTS: Final = round(datetime(2024, 3, 1, tzinfo=UTC).timestamp()) * SECOND
EXPORTED: Final = round(datetime(2025, 9, 1, 12, tzinfo=UTC).timestamp()) * SECOND
PEOPLE: Final = 260
OWNER_ANSWERS: Final = 0.64
OWNER_LAG_H: Final = 6.0
RESOLUTION_S: Final = {"whatsapp": 60}
"""Seconds in which a platform's export writes times, where it isn't one."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One thing that people do on a platform.

    out, back: kind of the owner's act and of the person's. sees_back: the export shows the person's acts.
    per_year: gestures a year between the owner and a person of warmth 1. begun_by: `me`, `them`, `both`.
    answered: whether an act can be answered at all. threaded: acts stand in a thread of the two.
    linked: an answer carries a link to what it answers.
    """

    out: str
    back: str
    sees_back: bool
    per_year: float
    begun_by: str = "both"
    answered: bool = True
    threaded: bool = False
    linked: bool = False
    worded: bool = True


_CHAT: Final = Scene("message", "message", sees_back=True, per_year=5, threaded=True)
SCENES: Final[dict[str, tuple[Scene, ...]]] = {
    "x": (
        replace(_CHAT, per_year=3),
        Scene("reply", "reply", sees_back=False, per_year=7),
        Scene("mention", "mention", sees_back=False, per_year=2),
    ),
    "facebook": (replace(_CHAT, per_year=5), Scene("comment", "comment", sees_back=False, per_year=4, begun_by="me")),
    "instagram": (
        replace(_CHAT, per_year=3),
        Scene("comment", "comment", sees_back=False, per_year=4, begun_by="me"),
        Scene("like", "like", sees_back=False, per_year=6, begun_by="me", answered=False, worded=False),
    ),
    "threads": (Scene("like", "like", sees_back=False, per_year=3, begun_by="me", answered=False, worded=False),),
    "linkedin": (replace(_CHAT, per_year=4),),
    "youtube": (Scene("comment", "comment", sees_back=False, per_year=4, begun_by="me"),),
    "wordpress": (Scene("reply", "comment", sees_back=True, per_year=7, begun_by="them", threaded=True, linked=True),),
    "disqus": (Scene("reply", "comment", sees_back=True, per_year=4, begun_by="them", threaded=True, linked=True),),
    "blogger": (Scene("reply", "comment", sees_back=True, per_year=4, begun_by="them", threaded=True, linked=True),),
    "mastodon": (
        Scene("reply", "reply", sees_back=False, per_year=4),
        Scene("mention", "mention", sees_back=False, per_year=2),
    ),
    "bluesky": (
        Scene("reply", "reply", sees_back=False, per_year=4),
        Scene("like", "like", sees_back=False, per_year=5, begun_by="me", answered=False, worded=False),
    ),
    "reddit": (replace(_CHAT, per_year=3),),
    "tiktok": (replace(_CHAT, per_year=3),),
    "telegram": (replace(_CHAT, per_year=7),),
    "whatsapp": (replace(_CHAT, per_year=9),),
    "discord": (replace(_CHAT, per_year=4, sees_back=False),),
    "email": (Scene("message", "message", sees_back=True, per_year=6, threaded=True, linked=True),),
    "meetup": (replace(_CHAT, per_year=4),),
}
LISTS: Final = ("mailchimp", "substack", "ghost", "beehiiv", "kit", "mailerlite")
DATED_FOLLOWS: Final = ("instagram", "threads", "tiktok")
"""Platforms whose export dates follows in both directions."""
UNDATED_FOLLOWS: Final = ("x",)


class _Planter:
    """Collects acts; keeps times apart on each platform, so that every act can be told from every other."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.acts: list[Act] = []
        self.bonds: list[Bond] = []
        self.posts: list[Post] = []
        self.answers: dict[str, str] = {}
        """Act.id of an answer -> Act.id of what it answers."""
        self._taken: dict[str, set[int]] = defaultdict(set)
        self._number = 0

    def _free(self, platform: str, at: int) -> int:
        step = RESOLUTION_S.get(platform, 1) * SECOND
        at -= at % step
        while at in self._taken[platform]:
            at += step
        self._taken[platform].add(at)
        return at

    def act(self, act: Act) -> Act | None:
        """Plant an act under a new id at a free moment; None when that lies after the export."""
        at = self._free(act.platform, act.at)
        if at >= EXPORTED:
            return None
        self._number += 1
        planted = replace(act, id=f"a{self._number:06d}", at=at)
        self.acts.append(planted)
        return planted

    def post(self, platform: str) -> Post:
        """Plant a post of the owner's to nobody; its text is written later."""
        self._number += 1
        at = self._free(platform, moment(self.random, STARTS, EXPORTED - 60 * DAY))
        self.posts.append(Post(f"t{self._number:06d}", platform, at, ""))
        return self.posts[-1]


def _skip_first(random: Random) -> None:
    """Draw what a first text used to be drawn with: the seed's times and answers are published, and follow these draws."""
    if random.random() < 0.33:
        random.randrange(7)
    else:
        random.randrange(5)
        random.randrange(10)


def _skip_answer(random: Random) -> None:
    """Draw what an answer's text used to be drawn with, for the same reason."""
    random.randrange(7)
    random.randrange(10)


def _gesture(
    planter: _Planter, person: Persona, character: Character, platform: str, scene: Scene, posts: list[Post]
) -> None:
    """Plant one gesture and, by the answering side's character, its answer and perhaps a word of thanks."""
    random = planter.random
    mine = scene.begun_by == "me" or (scene.begun_by == "both" and random.random() > character.begins)
    at = moment(random, max(STARTS, posts[-1].at + SECOND) if posts else STARTS, EXPORTED)
    thread = f"{platform}-{person.key}" if scene.threaded else ""
    if posts:
        post = random.choice(posts)
        thread, at = post.id, moment(random, post.at + SECOND, EXPORTED)
    if scene.worded:
        _skip_first(random)
    first = planter.act(
        Act(
            "", platform, person.key, "outbound" if mine else "inbound", kind=scene.out if mine else scene.back, at=at,
            thread=thread, visible=mine or scene.sees_back,
        )
    )  # fmt: skip
    if first is None or not scene.answered:
        return
    chance, lag = (character.answers, character.lag_h) if mine else (OWNER_ANSWERS, OWNER_LAG_H)
    if random.random() > chance:
        return
    kind = scene.back if mine else scene.out
    at = after(random, first.at, lag)
    _skip_answer(random)
    answer = planter.act(
        Act(
            "", platform, person.key, "inbound" if mine else "outbound", kind=kind, at=at,
            thread=thread, reply_to=first.id if scene.linked else None, visible=scene.sees_back or not mine,
        )
    )  # fmt: skip
    if answer:
        planter.answers[answer.id] = first.id


def _follows(planter: _Planter, person: Persona, character: Character) -> None:
    """Plant who follows whom: gurus are followed and seldom follow back."""
    random = planter.random
    for platform in (*DATED_FOLLOWS, *UNDATED_FOLLOWS):
        if platform not in person.handles:
            continue
        chances = {"guru": (0.9, 0.1), "peer": (0.7, 0.7), "newbie": (0.3, 0.8)}[character.tier]
        for direction, tie, chance in zip(("outbound", "inbound"), ("follows", "followed_by"), chances, strict=True):
            if random.random() > chance:
                continue
            if platform in UNDATED_FOLLOWS:
                planter.bonds.append(Bond(platform, person.key, tie))
                continue
            act = planter.act(
                Act("", platform, person.key, direction, kind="follow", at=moment(random, STARTS, EXPORTED))
            )
            if act:
                planter.bonds.append(Bond(platform, person.key, tie, act.at))


def _lists(planter: _Planter, person: Persona) -> None:
    """Plant opt-ins to the owner's newsletters."""
    for platform in LISTS:
        if platform in person.handles:
            planter.act(
                Act("", platform, person.key, "inbound", kind="opt_in", at=moment(planter.random, STARTS, EXPORTED))
            )


def _posts(planter: _Planter) -> dict[str, list[Post]]:
    """Plant the owner's posts: blogs have some to comment on."""
    blogs = {platform: [planter.post(platform) for _ in range(8)] for platform in ("wordpress", "disqus", "blogger")}
    for platform in ("x", "mastodon", "bluesky", "threads"):
        for _ in range(12):
            _skip_first(planter.random)
            planter.post(platform)
    return {platform: sorted(posts, key=lambda post: post.at) for platform, posts in blogs.items()}


def simulate(seed: int = SEED, count: int = PEOPLE) -> World:
    """Return a world of `count` people, planted from the seed."""
    random = Random(seed)
    planter = _Planter(random)
    blogs = _posts(planter)
    crowd = people(random, count)
    decisions = decisions_csv(crowd, seed)
    years = (EXPORTED - STARTS) / (365.25 * DAY)
    for person, character in crowd:
        for platform, scenes in SCENES.items():
            if platform not in person.handles:
                continue
            for scene in scenes:
                expected = scene.per_year * years * character.warmth
                for _ in range(min(120, round(random.expovariate(1 / expected)))):
                    _gesture(planter, person, character, platform, scene=scene, posts=blogs.get(platform, []))
        _follows(planter, person, character)
        _lists(planter, person)
    lea, others = owner(), tuple(person for person, _ in crowd)
    planted = sorted(planter.acts, key=lambda act: (act.at, act.id))
    acts, posts = write_texts(lea, others, planted, planter.posts, answers=planter.answers, seed=seed)
    return World(
        lea,
        others,
        acts,
        tuple(planter.bonds),
        posts=posts,
        starts_at=STARTS,
        exported_at=EXPORTED,
        seed=seed,
        decisions=decisions,
    )
