"""The terminal: arguments, exit statuses, errors in one line. Commands live in `pipeline.commands`, loaded when called."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Final

from pipeline import __version__
from pipeline.model.errors import CannotPublishError, UsageError

COMMANDS: Final[dict[str, str]] = {
    "run": "read the archives given and those in the inbox, publish warehouse and report",
    "archives": "list the archives; take one out again",
    "demo": "write invented exports of every platform into a home of their own, then run",
    "status": "archives, coverage, what was set aside and why, age of the warehouse",
    "platforms": "what each platform's export can show",
    "explain": "why a gesture is answered, superseded, open or off risk, with its records",
    "query": "read-only SQL on the published warehouse",
    "contacts": "show contacts; write the owner's decisions to contacts.csv",
    "ui": "Dagster's web UI for this home",
}
"""command -> what it does; each is `pipeline.commands.<name>` with `arguments(parser)` and `main(options) -> int`."""


def parser(command: str | None = None) -> argparse.ArgumentParser:
    """Return the argument parser; only the named command's own arguments are loaded (`--help` stays fast)."""
    top = argparse.ArgumentParser(
        prog="dancecard", description="Does what I give come back? Reads your archives, offline."
    )
    top.add_argument("--version", action="version", version=f"dancecard {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, words in COMMANDS.items():
        sub = commands.add_parser(name, help=words, description=f"{words[0].upper()}{words[1:]}.")
        sub.add_argument("--home", metavar="DIR", help="the home (default: $DANCECARD_HOME, else ./dancecard-data)")
        sub.add_argument("--debug", action="store_true", help="show a traceback when something goes wrong")
        if name == command:
            importlib.import_module(f"pipeline.commands.{name}").arguments(sub)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status (CONTRACT, "Exit status")."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    command = next((word for word in given if word in COMMANDS), None)
    options = parser(command).parse_args(given)
    os.umask(0o077)  # whatever a command writes holds other people's words
    if options.debug:
        os.environ["DANCECARD_DEBUG"] = "1"
    try:
        status: int = importlib.import_module(f"pipeline.commands.{options.command}").main(options)
        sys.stdout.flush()
    except UsageError as error:
        return _complain(error, 2)
    except CannotPublishError as error:
        return _complain(error, 1)
    except BrokenPipeError:
        # whoever read our output has left; Python would complain once more when it flushes at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except KeyboardInterrupt:
        sys.stderr.write("dancecard: stopped; what was published before still stands\n")
        return 1
    except Exception as error:
        if options.debug:
            raise
        return _complain(f"{type(error).__name__}: {error} (--debug shows where)", 1)
    return status


def _complain(error: object, status: int) -> int:
    line = " ".join(str(error).split())
    sys.stderr.write(f"dancecard: {line}\n")
    return status
