"""How an invented person writes: usual languages, topics of interest, habits. Drawn from the person's key alone."""

from dataclasses import dataclass
from random import Random
from typing import Final

from pipeline.demo.texts.stock import topics

_LANGUAGES: Final = (("en", 0.62), ("de", 0.13), ("es", 0.10), ("fr", 0.08), ("pt", 0.07))
_MIXES: Final = 0.06
"""Share of the people who write in two languages."""
INTERESTS: Final = 4
_EMOJI: Final = ("🙂", "😄", "🌱", "🙏", "✨", "☕", "🎶", "😅", "🚲", "🍞")


@dataclass(frozen=True, slots=True)
class Voice:
    """A way of writing.

    languages: one, or two of a person who mixes them; the first is the usual one.
    topics: numbers of the topics of interest.
    lower: writes without capitals. unaccented: leaves accents out. hasty: now and then swaps two letters.
    emoji: what some of the texts end with; empty: never. loud: likes exclamation marks.
    """

    languages: tuple[str, ...]
    topics: tuple[int, ...]
    lower: bool = False
    unaccented: bool = False
    hasty: bool = False
    loud: bool = False
    emoji: str = ""


OWNER: Final = Voice(("en",), tuple(range(topics())))
"""The owner writes plainly and answers in the language of the other person."""


def voice_of(key: str, seed: int) -> Voice:
    """Return the voice of the person with that key, the same for the same seed."""
    random = Random(f"{seed} voice {key}")
    language = random.choices([name for name, _ in _LANGUAGES], [share for _, share in _LANGUAGES])[0]
    others = [name for name, _ in _LANGUAGES if name != language]
    second = random.choice(others) if language == "en" else "en"
    mixes = random.random() < _MIXES
    return Voice(
        (language, second) if mixes else (language,),
        tuple(random.sample(range(topics()), INTERESTS)),
        lower=random.random() < 0.18,
        unaccented=random.random() < 0.12,
        hasty=random.random() < 0.10,
        loud=random.random() < 0.10,
        emoji=random.choice(_EMOJI) if random.random() < 0.3 else "",
    )
