"""A home of invented people, each pair of identities labelled by construction, and the hand-written hard pairs."""
# ruff: noqa: S311, PLC3002 - invented people need no secrets; a line a kind of pair

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

HARD: Final = Path(__file__).with_name("hard_pairs.txt")
_GIVEN: Final = [
    "Alexander",
    "Alice",
    "Amelia",
    "Andrew",
    "Anna",
    "Benjamin",
    "Carlos",
    "Catherine",
    "Charlotte",
    "Christopher",
    "Clara",
    "Daniel",
    "David",
    "Edward",
    "Elena",
    "Elizabeth",
    "Emma",
    "Eric",
    "Francisco",
    "Gabriel",
    "George",
    "Grace",
    "Hannah",
    "Henry",
    "Isabel",
    "Jacob",
    "James",
    "Joseph",
    "Julia",
    "Katherine",
    "Laura",
    "Leon",
    "Lucas",
    "Margaret",
    "Maria",
    "Martin",
    "Matthew",
    "Michael",
    "Nicholas",
    "Nora",
    "Oliver",
    "Patricia",
    "Paul",
    "Peter",
    "Rachel",
    "Rebecca",
    "Richard",
    "Robert",
    "Samuel",
    "Sarah",
    "Sofia",
    "Stephen",
    "Susan",
    "Theodore",
    "Thomas",
    "Victor",
    "William",
    "Zoe",
    "Ingrid",
    "Marek",
]
_STEMS: Final = [
    "Alder",
    "Bracken",
    "Carver",
    "Dunmore",
    "Elling",
    "Farrow",
    "Gransk",
    "Hollin",
    "Ivers",
    "Jarnef",
    "Kestel",
    "Lorimer",
    "Marchen",
    "Norwick",
    "Osterl",
    "Pellam",
    "Quarren",
    "Rosvel",
    "Sandring",
    "Tolland",
    "Umbern",
    "Valdem",
    "Wexmoor",
    "Yarrell",
    "Zellick",
    "Brondum",
    "Castern",
    "Delvig",
    "Eskild",
    "Fenwar",
]
_ENDINGS: Final = ("sen", "ström", "ová", "er", "ski", "ini", "feld", "ard", "ett", "oux", "man", "ides", "")
_SHORT: Final = {
    "Alexander": "Sasha", "Robert": "Bob", "William": "Bill", "Elizabeth": "Liz", "Margaret": "Peggy", "Francisco": "Paco",
    "Michael": "Mike", "Katherine": "Kate", "Thomas": "Tom", "Christopher": "Chris", "Daniel": "Dan", "Susan": "Sue",
    "Richard": "Dick", "Joseph": "Joe", "Rebecca": "Becky", "Benjamin": "Ben", "Matthew": "Matt", "Samuel": "Sam",
}  # fmt: skip
_CYRILLIC: Final = (
    ("Юлия", "Julia", "Yuliya"), ("Сергей", "Sergej", "Sergey"), ("Екатерина", "Jekaterina", "Ekaterina"), ("Михаил", "Michail", "Mikhail"),
    ("Дмитрий", "Dmitrij", "Dmitry"), ("Наталья", "Natalja", "Natalia"), ("Андрей", "Andrej", "Andrei"), ("Татьяна", "Tatjana", "Tatiana"),
)  # fmt: skip
_CYRILLIC_LAST: Final = (
    ("Щ", "Schtsch", "Shch"), ("Ж", "Zh", "Zh"), ("Ч", "Tsch", "Ch"), ("Ш", "Sch", "Sh"), ("К", "K", "K"), ("В", "W", "V"), ("Х", "Kh", "Kh"),
)  # fmt: skip
_CYRILLIC_REST: Final = (
    ("ербаков", "erbakow", "erbakov"),
    ("аров", "arow", "arov"),
    ("евчук", "ewtschuk", "evchuk"),
    ("орин", "orin", "orin"),
    ("олохов", "olochow", "olokhov"),
)
_PLACES: Final = ("x", "linkedin", "facebook", "instagram", "telegram", "mastodon", "youtube", "reddit")
_WORDS: Final = [
    "amber",
    "birch",
    "cobalt",
    "drift",
    "ember",
    "fjord",
    "glint",
    "harbor",
    "indigo",
    "juniper",
    "kelp",
    "lumen",
    "marble",
    "nimbus",
    "onyx",
    "pebble",
    "quartz",
    "raven",
    "slate",
    "tundra",
]


class Side(NamedTuple):
    """One identity: the fields that a platform shows."""

    platform: str
    name: str = ""
    handle: str = ""
    email: str = ""
    url: str = ""


class Pair(NamedTuple):
    """Two identities and whether one person has both."""

    kind: str
    same: bool
    one: Side
    other: Side


def hard_pairs() -> list[Pair]:
    """Read the hand-written pairs."""
    found = []
    kind = ""
    for line in HARD.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            kind = line[2:]
            continue
        label, one, other = (part.strip() for part in line.split(";"))
        sides = [Side(*next(csv.reader([side]))) for side in (one, other)]
        found.append(Pair(f"by hand: {kind}", label == "same", *sides))
    return found


class _Maker:
    """Invents people from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.number = 0

    def name(self) -> tuple[str, str]:
        """Return a given name and a family name; some are frequent."""
        family = (
            self.random.choice(_STEMS) + self.random.choice(_ENDINGS) + self.random.choice(("", "", "dal", "by", "ton"))
        )
        return self.random.choice(_GIVEN), family

    def places(self) -> list[str]:
        """Return two platforms."""
        return self.random.sample(_PLACES, 2)

    def address(self, local: str) -> str:
        """Return an address that nobody has yet."""
        self.number += 1
        return f"{local}@host{self.number}.example"

    def pseudonym(self) -> str:
        """Return a handle that spells no name."""
        self.number += 1
        return f"{''.join(self.random.sample(_WORDS, 2))}{'_' if self.number % 2 else ''}{self.random.choice(_WORDS)}"


def _typo(maker: _Maker, word: str) -> str:
    at = maker.random.randrange(1, len(word) - 2)
    return maker.random.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at] + word[at:],
        )
    )


def _latin(text: str) -> str:
    return text.lower().translate(str.maketrans("öá", "oa"))


def _cyrillic(maker: _Maker) -> tuple[str, str]:
    form = maker.random.choice((1, 2))
    given, head, rest = (maker.random.choice(of) for of in (_CYRILLIC, _CYRILLIC_LAST, _CYRILLIC_REST))
    return f"{given[0]} {head[0]}{rest[0]}", f"{given[form]} {head[form]}{rest[form]}"


def _pair(maker: _Maker, kind: str) -> Pair:
    (first, last), (a, b) = maker.name(), maker.places()
    full, slug = f"{first} {last}", f"{_latin(first)}.{_latin(last)}"
    same: dict[str, Callable[[], tuple[Side, Side]]] = {
        "same name": lambda: (Side(a, full), Side(b, full)),
        "accents dropped, capitals": lambda: (Side(a, f"{first} {last}ström"), Side(b, f"{first} {last}strom".upper())),
        "order": lambda: (Side(a, f"{last}, {first}"), Side(b, full)),
        "transliteration": lambda: (lambda names: (Side(a, names[0]), Side(b, names[1])))(_cyrillic(maker)),
        "short form": lambda: (lambda name: (Side(a, f"{_SHORT[name]} {last}"), Side(b, f"{name} {last}")))(maker.random.choice(list(_SHORT))),
        "typing error": lambda: (Side(a, f"{first} {_typo(maker, last + 'berg')}"), Side(b, f"{first} {last}berg")),
        "middle name": lambda: (Side(a, f"{first} {maker.random.choice(_GIVEN)} {last}"), Side(b, full)),
        "shared handle": lambda: (lambda handle: (Side(a, handle=handle), Side(b, handle=handle.replace("_", "."))))(maker.pseudonym()),
        "handle spells the name": lambda: (Side(a, full), Side("tiktok", handle=maker.random.choice((slug, slug.replace(".", "_"), slug.replace(".", "") + "88")))),
        "address and handle": lambda: (lambda handle: (Side("email", email=maker.address(handle)), Side(a, handle=handle)))(maker.pseudonym()),
        "same address": lambda: (lambda address: (Side("email", full, email=address), Side(b, maker.random.choice((full, f"{last}, {first}", f"{first[0]}. {last}", "")), email=address)))(maker.address(slug)),
        "stated page": lambda: (lambda handle: (Side("x", full, handle), Side("wordpress", full, url=f"https://x.com/{handle}")))(maker.pseudonym()),
    }  # fmt: skip
    differ: dict[str, Callable[[], tuple[Side, Side]]] = {
        "family at one address": lambda: (lambda address: (Side("email", full, email=address), Side(b, f"{_other(maker, first)} {last}", email=address)))(maker.address(_latin(last))),
        "shared mailbox": lambda: (lambda address: (Side("email", full, email=address), Side(b, " ".join((_other(maker, first), maker.name()[1] + "heim")), email=address)))(maker.address(maker.random.choice(("info", "office", "hello", "team")))),
        "namesakes on one platform": lambda: (Side(a, full, f"{slug}1"), Side(a, full, f"{slug}2")),
        "recycled handle": lambda: (lambda handle: (Side("x", full, handle), Side("x", " ".join(maker.name()), handle)))(maker.pseudonym()),
        "link to another's page": lambda: (lambda handle: (Side("x", full, handle), Side("wordpress", f"{_other(maker, first)} {maker.name()[1]}heim", url=f"https://x.com/{handle}")))(maker.pseudonym()),
        "relatives": lambda: (Side(a, full), Side(b, f"{_other(maker, first)} {last}")),
    }  # fmt: skip
    make = same | differ
    return Pair(kind, kind in same, *make[kind]())


def _other(maker: _Maker, given: str) -> str:
    return maker.random.choice([name for name in _GIVEN if name[0] != given[0]])


KINDS: Final = (
    "same name", "accents dropped, capitals", "order", "transliteration", "short form", "typing error", "middle name", "shared handle",
    "handle spells the name", "address and handle", "same address", "stated page", "family at one address", "shared mailbox",
    "namesakes on one platform", "recycled handle", "link to another's page", "relatives",
)  # fmt: skip


def made_pairs(seed: int, each: int = 120) -> Iterator[Pair]:
    """Yield `each` pairs of every kind, the same for the same seed."""
    maker = _Maker(seed)
    for kind in KINDS:
        for _ in range(each):
            yield _pair(maker, kind)
