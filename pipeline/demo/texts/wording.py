"""Put a text together: sentences of the stock with their slots filled, in a voice and in a layout."""

import re
import unicodedata
from dataclasses import dataclass
from random import Random
from typing import Final

from pipeline.demo.texts.stock import sentences
from pipeline.demo.texts.voices import Voice

BARE: Final = frozenset({"generic", "acknowledgement", "thanks", "sympathy", "link_drop", "promotion"})
"""Kinds that consist of their one sentence: another one would make something else of them."""
_RESOURCES: Final = (
    "open-shelf.example", "maps-archive.example", "slow-bread.example", "field-notes.example", "commons.example.org",
    "choir-scores.example", "plain-figures.example", "small-tools.example", "walks.example.org", "old-recipes.example",
    "garden-year.example", "reading-room.example.org", "sound-library.example", "open-class.example", "town-records.example",
)  # fmt: skip
_PAGES: Final = ("guide", "notes", "list", "spring", "collection", "index", "talk", "how-to", "examples", "part-2")
_START: Final = re.compile(r"(^|[.!?] )([¡¿]?)([a-zà-öø-ÿ])")


@dataclass(slots=True)  # not frozen: one is made for each text
class Setting:
    """Whom a text is from and for, where it is written, and what about.

    topic: number of the topic. sender, reader: first names. own: the writer's page.
    letter: has a greeting and a farewell. short: fits into a post of a microblog. public: many can read it.
    """

    language: str
    topic: int
    sender: str
    reader: str
    own: str
    letter: bool = False
    short: bool = False
    public: bool = False


class _Slots(dict[str, str]):
    """The values of a template's slots, drawn when they are asked for."""

    def __init__(self, random: Random, setting: Setting, language: str) -> None:
        super().__init__()
        self._random, self._setting, self._language = random, setting, language

    def __missing__(self, slot: str) -> str:
        random, setting = self._random, self._setting
        match slot:
            case "topic":
                return sentences(self._language, "topic")[setting.topic]
            case "name":
                return setting.reader
            case "n":
                return str(random.randint(3, 48))
            case "link":
                return f"https://{random.choice(_RESOURCES)}/{random.choice(_PAGES)}-{random.randint(1, 99)}"
            case "own":
                return f"{setting.own}{random.choice(_PAGES)}"
        return random.choice(sentences(self._language, slot))


def sentence(random: Random, key: str, setting: Setting, language: str = "") -> str:
    """Return one sentence of the stock with its slots filled."""
    return filled(random, random.choice(sentences(language or setting.language, key)), setting, language)


def filled(random: Random, template: str, setting: Setting, language: str = "") -> str:
    """Return a template with its slots filled; sentences that start with a slot get their capital."""
    if "{" not in template:
        return template
    words = template.format_map(_Slots(random, setting, language or setting.language))
    return words if words.startswith("http") else _START.sub(_capital, words)


def _capital(start: re.Match[str]) -> str:
    return f"{start[1]}{start[2]}{start[3].upper()}"


def text(random: Random, kind: str, setting: Setting, voice: Voice) -> str:
    """Return a text of a kind, in a voice, with the layout of the setting."""
    parts = [sentence(random, kind, setting)]
    if kind not in BARE:
        if not setting.short and random.random() < 0.22:
            parts.insert(0, sentence(random, "opener", setting))
        if random.random() < (0.12 if setting.short else 0.3):
            mixed = voice.languages[-1] if len(voice.languages) > 1 else setting.language
            parts.append(sentence(random, "tail", setting, mixed))
    written = _in_voice(random, " ".join(parts), voice)
    if setting.letter:
        return letter(random, written, setting)
    return written if setting.public or random.random() < 0.9 else written.replace(". ", ".\n", 1)


def letter(random: Random, body: str, setting: Setting) -> str:
    """Return a body between a greeting and a farewell, each in a paragraph of its own."""
    paragraphs = body if random.random() < 0.7 else body.replace(". ", ".\n\n", 1)
    farewell = f"{sentence(random, 'farewell', setting)}\n{setting.sender}"
    return f"{sentence(random, 'greeting', setting)}\n\n{paragraphs}\n\n{farewell}"


def _in_voice(random: Random, words: str, voice: Voice) -> str:
    """Apply the habits of a voice; links have no capitals and no accents to lose."""
    if voice.lower:
        words = words.lower()
    if voice.unaccented:
        words = "".join(sign for sign in unicodedata.normalize("NFD", words) if not "\u0300" <= sign <= "\u036f")
    if voice.hasty and random.random() < 0.4:
        words = _swapped(random, words)
    if voice.loud and words[-1:] in {".", "!"}:
        words = f"{words[:-1]}!!"
    if voice.emoji and random.random() < 0.4:
        words = f"{words} {voice.emoji}"
    return words


def _swapped(random: Random, words: str) -> str:
    """Swap two inner letters of one longer word, as fast fingers do."""
    tokens = words.split(" ")
    long = [place for place, token in enumerate(tokens) if len(token) > 5 and token.isalpha()]
    if long:
        place = random.choice(long)
        token = tokens[place]
        at = random.randrange(1, len(token) - 3)
        tokens[place] = f"{token[:at]}{token[at + 1]}{token[at]}{token[at + 2 :]}"
    return " ".join(tokens)
