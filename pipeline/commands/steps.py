"""`dancecard steps`: list the steps that wait for the owner, or record a verdict on one in steps.csv."""

import argparse
import sys

from pipeline.model.errors import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument(
        "words",
        nargs="*",
        metavar="GESTURE done | elsewhere | no-answer-needed | snooze DATE | clear",
        help="gesture_id or its first digits, and a verdict; nothing: list the steps that wait for you, newest first",
    )


def main(options: argparse.Namespace) -> int:
    """List open steps, or append a verdict, which takes effect in the next run; 2 if not exactly one gesture matches."""
    from pipeline.commands import step_verdicts  # noqa: PLC0415 - `--help` must stay fast

    match options.words:
        case []:
            sys.stdout.buffer.write(step_verdicts.open_steps(options.home))
            return 0
        case [gesture, "done" | "elsewhere" | "no-answer-needed" | "clear" as verdict]:
            line = step_verdicts.record(options.home, gesture, verdict)
        case [gesture, "snooze", day]:
            line = step_verdicts.record(options.home, gesture, "snooze", until=day)
        case _:
            raise UsageError("use GESTURE done, elsewhere, no-answer-needed, snooze DATE, or clear")
    sys.stdout.write(f"{line}\nIt takes effect in the next `dancecard run`; measured rates don't change.\n")
    return 0
