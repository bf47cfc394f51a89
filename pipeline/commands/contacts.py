"""`dancecard contacts`: show people; write the owner's decisions to contacts.csv."""

import argparse
import sys

from pipeline.model.errors import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument(
        "words", nargs="*", metavar="SEARCH | merge A B | split IDENTITY | set CONTACT tier=… audience=N exclude=yes"
    )


def main(options: argparse.Namespace) -> int:
    """Show contacts that match, or append a decision; decisions take effect at the next run."""
    from pipeline.commands import contact_decisions as deciding  # noqa: PLC0415 - `--help` must stay fast

    match options.words:
        case ["merge", one, other]:
            line = deciding.merge(options.home, one, other)
        case ["split", identity]:
            line = deciding.split(options.home, identity)
        case ["set", contact, *values] if values:
            line = deciding.set_values(options.home, contact, values)
        case ["merge" | "split" | "set", *_]:
            raise UsageError("merge A B · split IDENTITY · set CONTACT tier=guru|peer|newbie audience=N exclude=yes")
        case ["suggestions"]:
            sys.stdout.buffer.write(deciding.suggestions(options.home))
            return 0
        case words:
            sys.stdout.buffer.write(deciding.shown(options.home, " ".join(words)))
            return 0
    sys.stdout.write(f"{line}\nIt takes effect at the next `dancecard run`.\n")
    return 0
