"""`dancecard platforms`: what each platform's export can show, as its source declares."""

import argparse
import sys

from pipeline.model.errors import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("platform", nargs="?", help="one platform, with how to request its export")


def main(options: argparse.Namespace) -> int:
    """Print visibility by class and direction for each platform, or the details of one."""
    from pipeline.sources.description import described, matrix  # noqa: PLC0415 - `--help` must not load the sources
    from pipeline.sources.registry import platforms  # noqa: PLC0415 - as above

    known = platforms()
    if options.platform is None:
        sys.stdout.write(matrix(known))
        return 0
    if options.platform not in known:
        raise UsageError(f"no platform is named {options.platform!r}; known are {', '.join(known)}")
    sys.stdout.write(described(known[options.platform]))
    return 0
