"""Subscribers of a list: one a person, out of opt-ins, unsubscriptions and ties."""

from dataclasses import dataclass

from pipeline.demo.world import Persona, World


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A person on a list; times in microseconds UTC."""

    persona: Persona
    joined: int | None
    """Opt-in; for an imported person the date of the tie."""
    left: int | None

    @property
    def first(self) -> str:
        """First word of the name."""
        return self.persona.name.partition(" ")[0]

    @property
    def last(self) -> str:
        """Rest of the name."""
        return self.persona.name.partition(" ")[2]


def subscribers(world: World, platform: str) -> list[Subscriber]:
    """Return everyone who was ever on the list, by key."""
    acts = world.visible(platform)
    joined = {act.person: act.at for act in reversed(acts) if act.kind == "opt_in"}
    left = {act.person: act.at for act in acts if act.kind == "unsubscribe"}
    bonds = {b.person: b.since for b in world.bonds if b.platform == platform and b.kind == "subscribed_to_list"}
    keys = sorted({*joined, *left, *bonds})
    return [Subscriber(world.person(key), joined.get(key, bonds.get(key)), left.get(key)) for key in keys]
