"""`dancecard explain`: why a gesture is answered, superseded, open or off risk, with the records that say so."""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from pipeline.model.errors import CannotPublishError, UsageError

GRADES: Final = {
    "A": "an explicit link: the answer says what it answers",
    "B": "the next turn in the same thread, within the thread's window",
    "C": "the next turn on the same platform and class, within the channel's window",
    "D": "the next turn of theirs on another lane or platform, within the contact's window: weak, in no headline",
}
OFF_RISK: Final = {
    "none_visible": "no archive can show such an answer",
    "partial": "the archives show some such answers only",
    "outside_coverage": "no archive covers that time",
    "no_follow_up": "no time was left in the archives to see an answer",
    "wordless_class": "such a step is answered without words; it is measured in the outcome any",
    "no_reply_links": "in a group only a reply link tells who is answered, and the export has none",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("gesture", metavar="GESTURE", help="gesture_id, or its beginning")


def verdict(gesture: dict[str, Any]) -> list[str]:
    """Say in sentences what became of a gesture and why."""
    who = "You towards" if gesture["initiator"] == "me" else "Towards you from"
    place = f"{gesture['platform']}, {gesture['class']}"
    lines = [
        f"{who} {gesture['display_name']} on {place}, {gesture['started_at']:%Y-%m-%d %H:%M:%S} UTC (outcome {gesture['outcome']})"
    ]
    match gesture["status"]:
        case "answered":
            doubt = "; the order of the two is not certain" if gesture["uncertain"] else ""
            lines.append(
                f"Answered after {gesture['lag_s']:.0f} s, grade {gesture['grade']}: {GRADES[gesture['grade']]}{doubt}"
            )
        case "superseded":
            lines.append(
                f"Superseded: the next turn in its lane, {gesture['superseded_after_s']:.0f} s later, came from the same side"
            )
        case _:
            lines.append("Open: nothing that answers it is in the archives")
    if gesture["at_risk"]:
        lines.append(f"At risk: an answer could have been seen for {gesture['censored_after_s']:.0f} s")
    else:
        lines.append(
            f"Off risk, {gesture['off_risk_reason']}: {OFF_RISK[gesture['off_risk_reason']]}; it counts in no rate"
        )
    return lines


def main(options: argparse.Namespace) -> int:
    """Explain; 2 when none or several gestures are meant, 1 when nothing was published yet."""
    from pipeline.commands.rows import written  # noqa: PLC0415 - `--help` must not load DuckDB
    from pipeline.home.paths import Home, home_path  # noqa: PLC0415 - as above
    from pipeline.model.terminal import harmless  # noqa: PLC0415 - as above
    from pipeline.warehouse.connection import WarehouseMissingError, published  # noqa: PLC0415 - as above
    from pipeline.warehouse.sql_files import sql_files  # noqa: PLC0415 - as above

    home, queries = Home(home_path(options.home)), sql_files("explain")
    private = Path(home.tmp if home.tmp.is_dir() else tempfile.gettempdir())
    try:
        with published(home.warehouse, private) as connection:
            connection.execute("set variable gesture = ?", [options.gesture]).fetchall()
            found = connection.sql(queries["gesture"].text).pl().to_dicts()
            if len(found) != 1:
                raise UsageError(
                    f"{len(found) or 'no'} gestures begin with {options.gesture!r}; the table gestures lists them"
                )
            connection.execute("set variable gesture = ?", [found[0]["gesture_id"]]).fetchall()
            parts = {name: connection.sql(queries[name].text).pl() for name in ("records", "coverage")}
    except WarehouseMissingError as error:
        raise CannotPublishError(error) from error
    sys.stdout.writelines(f"{harmless(line)}\n" for line in verdict(found[0]))
    for name, title in (
        ("records", "Its interactions and their records"),
        ("coverage", "What the archives can show of its answer"),
    ):
        sys.stdout.write(f"\n{title}\n{written(parts[name], 'table').decode()}")
    return 0
