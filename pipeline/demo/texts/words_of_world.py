"""Give every planted act and post its text, after who wrote to whom and when is settled.

Each text is drawn from a generator of its own, seeded by the world's seed and the act's id: no text moves another text,
a time or an answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from pipeline.demo.texts import outreach, promoters, wording
from pipeline.demo.texts.purposes import CAMPAIGN, TEMPLATED, answering_purpose, first_purpose
from pipeline.demo.texts.stock import sentences, topics
from pipeline.demo.texts.voices import OWNER, Voice, voice_of
from pipeline.demo.world import Act, Persona, Post

WORDED: Final = frozenset({"message", "comment", "reply", "mention"})
"""Kinds of acts that have a text."""
_LETTERS: Final = frozenset({"email"})
_MICROBLOGS: Final = frozenset({"x", "mastodon", "bluesky", "tiktok", "threads", "whatsapp"})
_BLOGS: Final = frozenset({"wordpress", "disqus", "blogger"})
_SETTLED: Final = frozenset({TEMPLATED, CAMPAIGN})
"""Kinds whose words are settled for several people at once."""
_SAME_TOPIC: Final = 0.9
"""Share of answers, and of comments below a post, that keep to its topic."""
_GREETED: Final = 0.2
"""Share of chat messages that start with a greeting."""


@dataclass(slots=True)  # not frozen: one is made for each text
class _Written:
    """What was written, for whoever answers it."""

    kind: str
    topic: int
    language: str


class _Author:
    """Writes the texts of one world."""

    def __init__(self, owner: Persona, people: Sequence[Persona], seed: int) -> None:
        self.seed = seed
        self.random = Random()
        """Seeded for each text; making a generator for each costs more than the text."""
        self.owner = owner
        self.people = {person.key: person for person in people}
        self.voices = {person.key: voice_of(person.key, seed) for person in people}
        self.first_names = {person.key: person.name.partition(" ")[0] for person in (owner, *people)}
        self.post_topics: dict[str, int] = {}
        self.written: dict[str, _Written] = {}

    def post(self, post: Post) -> Post:
        """Return a post with its text: a title on blogs, a sentence elsewhere."""
        random = self._seeded(post.id)
        topic = random.randrange(topics())
        self.post_topics[post.id] = topic
        setting = wording.Setting("en", topic, self.first_names[self.owner.key], "", own=self.owner.site, public=True)
        key = "post_title" if post.platform in _BLOGS else "post"
        return replace(post, text=wording.sentence(random, key, setting))

    def act(self, act: Act, answered: str | None, kinds: Mapping[str, str], letters: Mapping[str, str]) -> Act:
        """Return an act with its text; `kinds` and `letters` say what is settled for it (act id -> kind, template)."""
        random = self._seeded(act.id)
        parent = self.written.get(answered or "")
        outbound, message = act.direction == "outbound", act.kind == "message"
        drawn = (
            answering_purpose(random, parent.kind)
            if parent
            else first_purpose(random, outbound=outbound, message=message)
        )
        kind = kinds.get(act.id, drawn)
        voice = self.voices[act.person]
        language = parent.language if parent else random.choice(voice.languages)
        if kind in _SETTLED:
            language = "en" if kind == CAMPAIGN else voice.languages[0]
        topic = self._topic(random, act, parent, voice)
        self.written[act.id] = _Written(kind, topic, language)
        setting = self._setting(act, topic, language)
        return replace(
            act, text=self._text(random, kind, setting, letters.get(act.id), act), planted=kind, language=language
        )

    def _seeded(self, key: str) -> Random:
        self.random.seed(f"{self.seed} {key}")
        return self.random

    def _topic(self, random: Random, act: Act, parent: _Written | None, voice: Voice) -> int:
        known = parent.topic if parent else self.post_topics.get(act.thread)
        if known is not None and random.random() < _SAME_TOPIC:
            return known
        return random.choice(voice.topics)

    def _setting(self, act: Act, topic: int, language: str) -> wording.Setting:
        person = self.people[act.person]
        sender, reader = (self.owner, person) if act.direction == "outbound" else (person, self.owner)
        return wording.Setting(
            language, topic, self.first_names[sender.key], self.first_names[reader.key], own=sender.site, letter=act.platform in _LETTERS,
            short=act.platform in _MICROBLOGS, public=act.kind != "message",
        )  # fmt: skip

    def _text(self, random: Random, kind: str, setting: wording.Setting, template: str | None, act: Act) -> str:
        if kind == CAMPAIGN:
            return sentences("en", "campaign")[0]
        if template is None:
            voice = OWNER if act.direction == "outbound" else self.voices[act.person]
            words = wording.text(random, kind, setting, voice)
            if setting.letter:
                return words
            greeted = (
                act.kind == "message" and not setting.short and kind not in wording.BARE and random.random() < _GREETED
            )
            return f"{wording.sentence(random, 'greeting', setting)}\n{words}" if greeted else words
        body = wording.filled(random, template, setting)
        if setting.letter:
            return wording.letter(random, body, setting)
        return f"{wording.sentence(random, 'greeting', setting)}\n{body}"


def write_texts(
    owner: Persona,
    people: Sequence[Persona],
    acts: Sequence[Act],
    posts: Sequence[Post],
    *,
    answers: Mapping[str, str],
    seed: int,
) -> tuple[tuple[Act, ...], tuple[Post, ...]]:
    """Return acts and posts with their texts; nothing else of them changes.

    Args:
        owner: who the archives belong to.
        people: all others.
        acts: planted acts by time.
        posts: planted posts of the owner's.
        answers: id of an act that answers -> id of the act that it answers.
        seed: of the world; the same seed gives the same texts.
    """
    author = _Author(owner, people, seed)
    titled = tuple(author.post(post) for post in posts)
    firsts = [act for act in acts if act.kind in WORDED and act.id not in answers]
    sent = [act for act in firsts if act.direction == "outbound" and act.kind == "message"]
    advertised = promoters.advertisements([act for act in firsts if act.direction == "inbound" and act.visible], seed)
    mailed = outreach.campaign(sent)
    languages = {key: voice.languages[0] for key, voice in author.voices.items()}
    letters = outreach.templates(sent, languages, mailed)
    kinds = {**advertised, **dict.fromkeys(letters, TEMPLATED), **dict.fromkeys(mailed, CAMPAIGN)}
    worded = tuple(author.act(act, answers.get(act.id), kinds, letters) if act.kind in WORDED else act for act in acts)
    return worded, titled
