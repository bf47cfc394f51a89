"""What the simulator plants: people, acts and ties, per platform, before any platform's layout.

Writers (`pipeline/demo/writers/<platform>.py`) turn the part that a platform's export shows into that platform's files;
tests read the files back and compare with this, row by row.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Persona:
    """A contact of the invented owner. `handles[platform]` is how that platform keys them (see `native_ids`)."""

    key: str
    """Stable number-like key, `p017`."""
    name: str
    email: str
    site: str
    audience: int
    handles: dict[str, str] = field(default_factory=dict)
    """platform -> handle there; only platforms on which the person is present."""
    native_ids: dict[str, str] = field(default_factory=dict)
    """platform -> the platform's own id (numeric, DID, UC… or actor URI); equal to the handle where there is none."""


@dataclass(frozen=True, slots=True)
class Act:
    """A planted directed event between owner and persona. Only acts with `visible` are written into the export."""

    id: str
    """Unique, ordered like time inside a platform (writers derive native ids from it)."""
    platform: str
    person: str
    """Persona.key."""
    direction: str
    kind: str
    at: int
    """Microseconds UTC, whole in the platform's own resolution."""
    text: str = ""
    thread: str = ""
    """Key of the thread (a conversation, a post), unique in the platform; empty: none."""
    reply_to: str | None = None
    """Act.id on the same platform."""
    is_group: bool = False
    visible: bool = True
    planted: str = ""
    """What the text was written as: a key of `texts/stock` (`generic`, `ask` …), `templated` or `campaign`; empty: nothing."""
    language: str = ""
    """ISO 639-1 code of the text's language; of a text that mixes two, the first one."""


@dataclass(frozen=True, slots=True)
class Bond:
    """A planted tie (vocabulary.TIE_KINDS); `since` microseconds UTC or None."""

    platform: str
    person: str
    kind: str
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A post of the owner's to nobody (expected as unattributed `post`, where the platform's export shows posts)."""

    id: str
    platform: str
    at: int
    text: str


@dataclass(frozen=True, slots=True)
class World:
    """The whole truth. `owner` is a Persona whose handles are the owner's own."""

    owner: Persona
    people: tuple[Persona, ...]
    acts: tuple[Act, ...]
    bonds: tuple[Bond, ...]
    posts: tuple[Post, ...]
    starts_at: int
    exported_at: int
    """The moment at which all the invented exports were asked for."""
    seed: int
    decisions: str = ""
    """The owner's contacts.csv; no export, but what an owner would have written down."""

    def person(self, key: str) -> Persona:
        """Return the persona with that key; raises KeyError."""
        return {persona.key: persona for persona in self.people}[key]

    def visible(self, platform: str) -> list[Act]:
        """Return the acts that the platform's export shows, by time."""
        return sorted((a for a in self.acts if a.platform == platform and a.visible), key=lambda a: (a.at, a.id))
