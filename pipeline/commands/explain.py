"""`dancecard explain`: why a gesture is answered, superseded, open or off risk, with its records."""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from pipeline.model.errors import CannotPublishError, UsageError

GRADES: Final = {
    "A": "an explicit reply link",
    "B": "the next turn in the same thread, within the thread's window",
    "C": "the next turn on the same platform and class, within the channel's window",
    "D": "the next turn on another lane or platform, within the contact's window; weak, so no headline counts it",
}
OFF_RISK: Final = {
    "none_visible": "no archive can show answers of this kind",
    "partial": "the archives show only some answers of this kind",
    "outside_coverage": "no archive covers that time",
    "no_follow_up": "the archives end at this moment",
    "wordless_class": "this class is answered without words; the outcome any measures it",
    "no_reply_links": "in a group only a reply link shows who is answered, and this export has none",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("gesture", metavar="GESTURE", help="gesture_id, or the first digits of it")


def explanation(gesture: dict[str, Any]) -> list[str]:
    """Describe the outcome of a gesture and the reasons, in sentences."""
    who = "You towards" if gesture["initiator"] == "me" else "Towards you from"
    place = f"{gesture['platform']}, {gesture['class']}"
    lines = [
        f"{who} {gesture['display_name']} on {place}, {gesture['started_at']:%Y-%m-%d %H:%M:%S} UTC (outcome {gesture['outcome']})"
    ]
    match gesture["status"]:
        case "answered":
            doubt = "; the order of the two is uncertain" if gesture["uncertain"] else ""
            lines.append(
                f"Answered after {gesture['lag_s']:.0f} s, grade {gesture['grade']}: {GRADES[gesture['grade']]}{doubt}"
            )
        case "superseded":
            lines.append(
                f"Superseded: the next turn in its lane, {gesture['superseded_after_s']:.0f} s later, is from the same side"
            )
        case _:
            lines.append("Open: the archives contain no answer")
    if gesture["at_risk"]:
        lines.append(f"At risk: an answer would have been visible for {gesture['censored_after_s']:.0f} s")
    else:
        lines.append(
            f"Off risk, {gesture['off_risk_reason']}: {OFF_RISK[gesture['off_risk_reason']]}; no rate counts it"
        )
    return lines


def main(options: argparse.Namespace) -> int:
    """Explain; 2 if none or several gestures match, 1 if nothing has been published yet."""
    from pipeline.commands.rows import formatted  # noqa: PLC0415 - `--help` must not load DuckDB
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
                    f"{len(found) or 'no'} gestures have an id that starts with {options.gesture!r}; the table gestures lists them"
                )
            connection.execute("set variable gesture = ?", [found[0]["gesture_id"]]).fetchall()
            parts = {name: connection.sql(queries[name].text).pl() for name in ("records", "coverage")}
    except WarehouseMissingError as error:
        raise CannotPublishError(error) from error
    sys.stdout.writelines(f"{harmless(line)}\n" for line in explanation(found[0]))
    for name, title in (
        ("records", "Interactions and their records"),
        ("coverage", "What the archives can show of an answer"),
    ):
        sys.stdout.write(f"\n{title}\n{formatted(parts[name], 'table').decode()}")
    return 0
