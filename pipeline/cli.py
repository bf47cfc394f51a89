"""The terminal: arguments, exit statuses, errors in one line. Commands are loaded when called."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Final

from pipeline import __version__
from pipeline.model.errors import CannotPublishError, UsageError

COMMANDS: Final[dict[str, str]] = {
    "run": "read the given archives and the inbox, then publish warehouse and report",
    "archives": "list the archives, or remove one",
    "demo": "write invented exports of every platform into a home of their own, then run",
    "status": "show archives, coverage, what was set aside and why, and the age of the warehouse",
    "platforms": "show what each platform's export contains",
    "explain": "explain the outcome of a gesture, or the figures of a contact, with the records",
    "query": "run read-only SQL on the published warehouse",
    "contacts": "show contacts, or record a decision in contacts.csv",
    "steps": "list the steps that wait for you, or record a verdict on one in steps.csv",
    "ui": "start Dagster's web UI for this home",
    "completion": "print a shell completion script",
}
"""command -> what it does; each is `pipeline.commands.<name>` with `arguments(parser)` and `main(options) -> int`."""


def parser(*loaded: str) -> argparse.ArgumentParser:
    """Return the argument parser.

    Args:
        loaded: commands whose own arguments are added. Importing all of them would slow `--help` down.
    """
    top = argparse.ArgumentParser(
        prog="dancecard", description="Does what I give come back? Reads your archives, offline."
    )
    top.add_argument("--version", action="version", version=f"dancecard {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        sub = commands.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
        sub.add_argument("--home", metavar="DIR", help="the home (default: $DANCECARD_HOME, else ./dancecard-data)")
        sub.add_argument("--debug", action="store_true", help="show a traceback if something goes wrong")
        if name in loaded:
            importlib.import_module(f"pipeline.commands.{name}").arguments(sub)
    return top


def full_parser() -> argparse.ArgumentParser:
    """Return the parser with the arguments of every command, for shell completion."""
    return parser(*COMMANDS)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status.

    Source: methods:exit-status.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    command = next((word for word in given if word in COMMANDS), "")
    options = parser(command).parse_args(given)
    os.umask(0o077)  # what a command writes contains other people's messages
    if options.debug:
        os.environ["DANCECARD_DEBUG"] = "1"
    try:
        status: int = importlib.import_module(f"pipeline.commands.{options.command}").main(options)
        sys.stdout.flush()
    except UsageError as error:
        return _report_error(error, 2)
    except CannotPublishError as error:
        return _report_error(error, 1)
    except BrokenPipeError:
        # the reader of our output is gone; Python would raise again when it flushes at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except KeyboardInterrupt:
        sys.stderr.write("dancecard: interrupted; the published warehouse is unchanged\n")
        return 1
    except Exception as error:
        if options.debug:
            raise
        return _report_error(f"{type(error).__name__}: {error} (--debug shows the traceback)", 1)
    return status


def _report_error(error: object, status: int) -> int:
    line = " ".join(str(error).split())
    sys.stderr.write(f"dancecard: {line}\n")
    return status
