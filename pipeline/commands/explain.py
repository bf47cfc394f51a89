"""`dancecard explain`: why a gesture is answered, superseded, open or off risk; why a contact's figures are what they are."""

import argparse
import sys
from functools import partial
from typing import TYPE_CHECKING, Final

from pipeline.model.errors import CannotPublishError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from pipeline.home.paths import Home

LONG_PREFIX: Final = 8
"""So many first digits of a gesture_id are no search for a person."""
SHOWN: Final = 10
"""Candidates named where several people match."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument(
        "subject",
        metavar="GESTURE | CONTACT",
        help="gesture_id, or its first digits; or contact_id, identity_id, or a search that finds one person",
    )


def main(options: argparse.Namespace) -> int:
    """Explain; 2 if not exactly one gesture or contact matches, 1 if nothing has been published yet."""
    from pipeline.commands.rows import private_folder  # noqa: PLC0415 - `--help` must not load DuckDB
    from pipeline.home.paths import Home, home_path  # noqa: PLC0415 - as above
    from pipeline.model.terminal import harmless  # noqa: PLC0415 - as above
    from pipeline.warehouse.connection import WarehouseMissingError, published  # noqa: PLC0415 - as above
    from pipeline.warehouse.queries import rows_about  # noqa: PLC0415 - as above

    home = Home(home_path(options.home))
    try:
        with published(home.warehouse, private_folder(home)) as connection:
            lines = _lines(partial(rows_about, connection), options.subject, home)
    except WarehouseMissingError as error:
        raise CannotPublishError(error) from error
    sys.stdout.writelines(f"{harmless(line)}\n" for line in lines)
    return 0


def _lines(rows: "Callable[[str, str], pl.DataFrame]", subject: str, home: "Home") -> list[str]:
    """Return the explanation of the one gesture or contact that the words name.

    A contact_id, an identity_id or a long prefix of a gesture_id is taken as such; else people are searched before gestures.

    Args:
        rows: returns the rows of a query of sql/explain about a subject.
        subject: what the owner asks about.
        home: has contacts.csv.

    Raises:
        UsageError: none or several match; the message names candidates.
    """
    from pipeline.commands import contact_explanation, gesture_explanation  # noqa: PLC0415 - `--help` must stay fast
    from pipeline.commands.contact_decisions import matching_identities  # noqa: PLC0415 - as above
    from pipeline.contacts.decisions import decisions_text, read_decisions  # noqa: PLC0415 - as above

    if not subject.strip():
        raise UsageError("give a gesture_id, a contact_id, or a search that finds one person")
    identities = rows("identities", subject)
    gestures = rows("gesture", subject) if subject.isalnum() else None
    long = len(subject) >= LONG_PREFIX and gestures is not None and not gestures.is_empty()
    people = [] if long else matching_identities(identities, subject)["contact_id"].unique().sort().to_list()
    if len(people) == 1:
        parts = {name: rows(name, people[0]) for name in contact_explanation.QUERIES}
        decisions = read_decisions(decisions_text(home.contacts_csv))
        return contact_explanation.contact_text(parts, decisions)
    if people:
        named = [f"{person} ({rows('contact', person)['display_name'].item()})" for person in people[:SHOWN]]
        more = f" and {len(people) - SHOWN} more" if len(people) > SHOWN else ""
        raise UsageError(f"{len(people)} people match {subject!r}: {', '.join(named)}{more}")
    if gestures is None or gestures.is_empty():
        raise UsageError(f"no person matches {subject!r}, and no gesture has an id that starts with it")
    if gestures.height > 1:
        some = ", ".join(gestures["gesture_id"])
        raise UsageError(f"several gestures have an id that starts with {subject!r}: {some} …")
    gesture = gestures.row(0, named=True)
    parts = {name: rows(name, gesture["gesture_id"]) for name in gesture_explanation.QUERIES}
    return gesture_explanation.gesture_text(gesture, parts)
