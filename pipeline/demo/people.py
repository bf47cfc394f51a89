"""The invented people: names, handles, platforms, audiences. Nobody here exists."""

import hashlib
from dataclasses import dataclass
from random import Random
from typing import Final

from pipeline.demo.world import Persona

_FIRST: Final = (
    "Ada", "Bao", "Cleo", "Dario", "Edda", "Femi", "Gitte", "Hugo", "Ines", "Jonas", "Kaia", "Lior", "Mina", "Nils", "Oona",
    "Pavel", "Quinn", "Rosa", "Sven", "Tove", "Uma", "Vito", "Wanda", "Xenia", "Yusuf", "Zoë", "Aleš", "Bérénice", "Çağla", "Đorđe",
)  # fmt: skip
_LAST: Final = (
    "Abel", "Brandt", "Castel", "Dvorak", "Eklund", "Ferro", "Galli", "Holm", "Ivanic", "Juhl", "Kestrel", "Lindqvist", "Moreau",
    "Novak", "Orlov", "Petit", "Quist", "Rossi", "Sato", "Thorne", "Ude", "Varga", "Weiss", "Xander", "Ylonen", "Zeman",
)  # fmt: skip
_ASCII: Final = str.maketrans("ëšéçğđÇĐ", "esecgdCD")

PRESENCE: Final[dict[str, float]] = {
    "x": 0.42, "facebook": 0.30, "instagram": 0.34, "threads": 0.16, "linkedin": 0.44, "youtube": 0.18, "wordpress": 0.40,
    "disqus": 0.10, "blogger": 0.10, "mastodon": 0.20, "bluesky": 0.24, "reddit": 0.14, "tiktok": 0.12, "telegram": 0.16,
    "whatsapp": 0.14, "discord": 0.10, "email": 0.48, "meetup": 0.12, "mailchimp": 0.22, "substack": 0.18, "ghost": 0.08,
    "beehiiv": 0.08, "kit": 0.08, "mailerlite": 0.08,
}  # fmt: skip
"""Share of the people that the owner meets on each platform."""
TIERS: Final = (("newbie", 0.45), ("peer", 0.35), ("guru", 0.20))
_AUDIENCE: Final = {"newbie": (5, 110), "peer": (300, 9_000), "guru": (20_000, 900_000)}
OWNER_AUDIENCE: Final = 1_500


@dataclass(frozen=True, slots=True)
class Character:
    """How a person behaves: the planted truth behind their acts.

    answers: probability that a gesture of the owner's is answered. lag_h: median lag of the answer in hours.
    warmth: how often the owner and the person turn to each other, relative to others. begins: share of what they begin.
    """

    tier: str
    answers: float
    lag_h: float
    warmth: float
    begins: float


def _slug(name: str) -> str:
    return "".join(
        letter for letter in name.translate(_ASCII).lower().replace(" ", ".") if letter.isalnum() or letter == "."
    )


def _digits(key: str, platform: str, length: int) -> str:
    number = int.from_bytes(hashlib.blake2b(f"{platform}/{key}".encode(), digest_size=8).digest(), "big")
    return str(10 ** (length - 1) + number % (9 * 10 ** (length - 1)))


def _letters(key: str, length: int) -> str:
    alphabet = "abcdefghijklmnopqrstuvwxyz234567"
    digest = hashlib.blake2b(key.encode(), digest_size=32).digest()
    return "".join(alphabet[byte % 32] for byte in digest)[:length]


def _native(platform: str, key: str, name: str, email: str) -> tuple[str, str]:
    """Return (handle, native id) of a person on a platform."""
    slug = _slug(name)
    match platform:
        case "x":
            return slug.replace(".", "_"), _digits(key, platform, 10)
        case "facebook":
            return slug, _digits(key, platform, 15)
        case "linkedin":
            return slug.replace(".", "-"), f"linkedin.com/in/{slug.replace('.', '-')}"
        case "youtube":
            return slug.replace(".", ""), f"UC{_letters(key + platform, 22)}"
        case "mastodon":
            host = ("hill.example", "lake.example", "wood.example")[int(_digits(key, platform, 3)) % 3]
            return f"{slug.replace('.', '_')}@{host}", f"{slug.replace('.', '_')}@{host}"
        case "bluesky":
            return f"{slug.replace('.', '-')}.sky.example", f"did:plc:{_letters(key + platform, 24)}"
        case "telegram":
            return slug.replace(".", "_"), _digits(key, platform, 9)
        case "discord":
            return slug, _digits(key, platform, 18)
        case "whatsapp":
            return name, name
        case (
            "wordpress"
            | "disqus"
            | "blogger"
            | "email"
            | "mailchimp"
            | "substack"
            | "ghost"
            | "beehiiv"
            | "kit"
            | "mailerlite"
        ):
            return slug.replace(".", "_"), email
        case "meetup":
            return email, email
    return slug, slug


def persona(key: str, name: str, platforms: list[str], audience: int) -> Persona:
    """Return a persona with handles and native ids on the platforms."""
    email = f"{_slug(name)}@post.example"
    pairs = {platform: _native(platform, key, name, email) for platform in platforms}
    return Persona(
        key, name, email, f"https://{_slug(name).replace('.', '-')}.example/", audience=audience,
        handles={platform: handle for platform, (handle, _) in pairs.items()}, native_ids={platform: native for platform, (_, native) in pairs.items()},
    )  # fmt: skip


def owner() -> Persona:
    """Return the invented owner, present everywhere."""
    return persona("owner", "Lea Novak", list(PRESENCE), OWNER_AUDIENCE)


def _character(random: Random, tier: str) -> Character:
    answers = {"newbie": 0.72, "peer": 0.55, "guru": 0.22}[tier]
    lag = {"newbie": 2.0, "peer": 5.0, "guru": 18.0}[tier]
    return Character(
        tier,
        min(0.95, max(0.03, random.gauss(answers, 0.15))),
        lag * random.lognormvariate(0, 0.5),
        random.lognormvariate(-0.3, 0.9),
        begins={"newbie": 0.55, "peer": 0.45, "guru": 0.15}[tier],
    )


def people(random: Random, count: int) -> list[tuple[Persona, Character]]:
    """Return invented people with their characters; each is present on at least one platform."""
    names = [f"{first} {last}" for first in _FIRST for last in _LAST if (first, last) != ("Lea", "Novak")]
    random.shuffle(names)
    found = []
    for number, name in enumerate(names[:count], start=1):
        tier = random.choices([t for t, _ in TIERS], [w for _, w in TIERS])[0]
        platforms = [platform for platform, share in PRESENCE.items() if random.random() < share] or ["email"]
        low, high = _AUDIENCE[tier]
        audience = round(low * (high / low) ** random.random())
        found.append((persona(f"p{number:03d}", name, platforms, audience), _character(random, tier)))
    return found
