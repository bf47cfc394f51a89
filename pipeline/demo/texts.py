"""What the invented people say: generic and substantive, asks and gifts, a few templates."""

from random import Random
from typing import Final

GENERIC: Final = (
    "great post!",
    "Love this",
    "So true 👏",
    "Nice one",
    "Thanks for sharing!",
    "Amazing 🔥",
    "Well said",
)
_TOPICS: Final = (
    "the pricing page", "your note on onboarding", "the sourdough recipe", "the chapter on maps", "last week's talk",
    "the choir rehearsal", "that bug in the importer", "the workshop in Ljubljana", "your sketchbook", "the reading list",
)  # fmt: skip
_SUBSTANTIVE: Final = (
    "I tried {topic} with my own students and the second step was the hard one. How did you handle it?",
    "About {topic}: the part on patience changed how I plan my week, though I would start smaller.",
    "You mention {topic}. We measured something close to it in spring and saw 3 of 10 come back.",
    "Could you say a little more about {topic}? I wonder whether it works without a budget.",
    "I disagree a little on {topic}, because the quiet ones rarely write first; happy to show you my notes.",
)  # fmt: skip
_ANSWERS: Final = (
    "Good question on {topic}: we began with two people and grew from there.",
    "Thank you! {topic} took me three tries, the notes are on my blog.",
    "Yes, exactly. Shall we talk about {topic} on Thursday?",
    "ok", "haha yes", "That helped, thanks for explaining {topic}.", "I owe you an answer on {topic}, here it is.",
)  # fmt: skip


def opening(random: Random) -> str:
    """Return words of a first step: a third generic, the rest substantive."""
    if random.random() < 0.33:
        return random.choice(GENERIC)
    return random.choice(_SUBSTANTIVE).format(topic=random.choice(_TOPICS))


def answer(random: Random) -> str:
    """Return words of an answer."""
    return random.choice(_ANSWERS).format(topic=random.choice(_TOPICS))
