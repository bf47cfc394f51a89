"""List open steps; append the owner's verdicts to steps.csv."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from pipeline.commands.decision_files import append_line
from pipeline.commands.rows import formatted, private_folder
from pipeline.contacts.decisions import decisions_text
from pipeline.contacts.step_verdicts import CLEAR, STEPS, read_steps
from pipeline.home.paths import Home, home_path
from pipeline.model.errors import CannotPublishError, UsageError
from pipeline.warehouse.connection import WarehouseMissingError, published
from pipeline.warehouse.queries import answer, rows_about
from pipeline.warehouse.sql_files import sql_files

if TYPE_CHECKING:
    import polars as pl

SHORT: Final = 12
"""First digits of a gesture_id that the list shows."""


def open_steps(given_home: str | None) -> bytes:
    """Return the steps that wait for the owner as a table for the terminal, those with a verdict since the last run left out."""
    home = Home(home_path(given_home))
    now = datetime.now(UTC)
    verdicts = read_steps(decisions_text(home.steps_csv)).verdicts
    decided = [one.gesture for one in verdicts if one.verdict != CLEAR and (one.until is None or one.until > now)]
    try:
        with published(home.warehouse, private_folder(home)) as connection:
            found = answer(connection, sql_files("queries")["your_move"].text)
    except WarehouseMissingError as error:
        raise CannotPublishError(error) from error
    open_now = ~found["gesture"].is_in([gesture[:SHORT] for gesture in decided])
    return formatted(found.filter(open_now), "table")


def record(given_home: str | None, gesture: str, verdict: str, *, until: str = "") -> str:
    """Append a verdict to steps.csv; the file is unchanged if the line would be invalid.

    Raises:
        UsageError: not exactly one gesture has an id that starts so, or the day is no date.
    """
    home = Home.open(home_path(given_home))
    path = home.steps_csv
    before = decisions_text(path) or ",".join(STEPS.columns) + "\n"
    row = _located(home, gesture, before if verdict == CLEAR else "")
    row |= {"verdict": verdict, "until": until, "decided_at": datetime.now(UTC).isoformat(timespec="seconds")}
    return append_line(
        path, before, row, required=("gesture", "verdict", "until"), problems=lambda text: read_steps(text).problems
    )


def _located(home: Home, gesture: str, decided: str) -> dict[str, str]:
    """Return the id of the one gesture that is meant, and the location of its first interaction.

    Args:
        home: its warehouse has the gestures.
        gesture: an id or the first digits of one.
        decided: steps.csv; an id in it that no warehouse has any more can be named in full.
    """
    if gesture in {one.gesture for one in read_steps(decided).verdicts}:
        return {"gesture": gesture}
    if not gesture.isalnum():
        raise UsageError(f"{gesture!r} is no gesture_id")
    found: pl.DataFrame
    try:
        with published(home.warehouse, private_folder(home)) as connection:
            found = rows_about(connection, "step", gesture)
    except WarehouseMissingError as error:
        raise CannotPublishError(error) from error
    if found.height != 1:
        some = ", ".join(found["gesture_id"])
        raise UsageError(
            f"{'several' if some else 'no'} gestures have an id that starts with {gesture!r}"
            + (f": {some} …" if some else "")
        )
    one, archive, member, pointer = found.row(0)
    return {"gesture": one, "archive": archive, "member": member, "pointer": pointer}
