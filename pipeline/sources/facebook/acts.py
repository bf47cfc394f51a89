"""Rows of an act by or towards a person known by name."""

from typing import NamedTuple

from pipeline.model.codes import Direction
from pipeline.model.naming import name_id
from pipeline.model.records import Interaction, Parsed, Skipped, Stored, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.facebook.people import is_owner, person_of
from pipeline.sources.shared.meta.people import is_closed_account


class NamedAct(NamedTuple):
    """An act of which a record gives the other person's name."""

    name: str | None
    """None or empty when the record does not name the person."""
    direction: Direction
    kind: str
    at: int | None
    """Microseconds UTC."""
    native_id: str | None = None
    reply_to: str | None = None
    text: str | None = None
    url: str | None = None


def store_act(act: NamedAct, pointer: str, context: Context) -> Parsed:
    """Return an interaction with the named person; without a name or time, or for a closed account, an unattributed act."""
    if act.name and is_owner(context, act.name):
        return Skipped(pointer, "self_event")
    if not act.name or act.at is None or is_closed_account(act.name):
        lost = Unattributed(act.kind, act.direction, act.at, text=act.text, url=act.url or None)
        return Stored(pointer, (lost,))
    row = Interaction(
        name_id(act.name),
        act.direction,
        act.kind,
        act.at,
        native_id=act.native_id,
        reply_to=act.reply_to,
        text=act.text,
        url=act.url or None,
    )
    return Stored(pointer, (person_of(act.name), row))
