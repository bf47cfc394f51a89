"""`dancecard completion`: print a script that completes commands, options and paths in the shell."""

import argparse
import sys
from collections.abc import Iterator
from typing import Final

SHELLS: Final = ("bash", "zsh", "tcsh")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("shell", choices=SHELLS, help="the shell to write the script for")


def _all_actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield the arguments of a parser and of its subcommands."""
    for action in parser._actions:  # noqa: SLF001 - argparse lists them nowhere else
        yield action
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001 - as above
            for command in action.choices.values():
                yield from _all_actions(command)


def main(options: argparse.Namespace) -> int:
    """Print the script."""
    import shtab  # noqa: PLC0415 - only this command needs it

    from pipeline.cli import full_parser  # noqa: PLC0415 - the terminal imports commands, not the reverse

    parser = full_parser()
    completers = {"PATH": shtab.FILE, "FILE": shtab.FILE, "DIR": shtab.DIRECTORY}
    for action in _all_actions(parser):
        if action.metavar in completers:
            action.complete = completers[str(action.metavar)]  # type: ignore[attr-defined]  # where shtab looks for it
    sys.stdout.write(shtab.complete(parser, options.shell))
    return 0
