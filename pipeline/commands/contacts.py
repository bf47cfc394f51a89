"""`dancecard contacts`: show contacts, or record the owner's decisions in contacts.csv."""

import argparse
import sys

from pipeline.model.errors import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument(
        "words",
        nargs="*",
        metavar="SEARCH | merge A B | distinct A B | split IDENTITY | set CONTACT tier=… audience=N exclude=yes | undo A [B] | suggestions",
        help="search for people; or merge two, keep two apart, split one off, set values, undo decisions, list people who may be the same",
    )


def main(options: argparse.Namespace) -> int:
    """Show matching contacts, or append a decision, which takes effect in the next run."""
    from pipeline.commands import contact_decisions  # noqa: PLC0415 - `--help` must stay fast

    match options.words:
        case ["merge", one, other]:
            line = contact_decisions.merge(options.home, one, other)
        case ["distinct", one, other]:
            line = contact_decisions.distinct(options.home, one, other)
        case ["undo", one]:
            line = contact_decisions.undo(options.home, one)
        case ["undo", one, other]:
            line = contact_decisions.undo(options.home, one, other)
        case ["split", identity]:
            line = contact_decisions.split(options.home, identity)
        case ["set", contact, *values] if values:
            line = contact_decisions.set_values(options.home, contact, values)
        case ["merge" | "distinct" | "split" | "set" | "undo", *_]:
            raise UsageError(
                "use merge A B, distinct A B, split IDENTITY, set CONTACT tier=guru|peer|newbie audience=N exclude=yes, or undo A [B]"
            )
        case ["suggestions"]:
            sys.stdout.write(contact_decisions.suggestions_list(options.home))
            return 0
        case words:
            sys.stdout.buffer.write(contact_decisions.contacts_table(options.home, " ".join(words)))
            return 0
    sys.stdout.write(f"{line}\nIt takes effect in the next `dancecard run`.\n")
    return 0
