"""Texts about platforms, made from the sources' declarations: `dancecard platforms` and docs/sources/."""

from collections.abc import Mapping

from pipeline.model.codes import CLASSES, DIRECTIONS, VISIBILITIES
from pipeline.sources.base import Platform

_ARROW = {"outbound": "you → them", "inbound": "them → you"}


def best(platform: Platform, cls: str, direction: str) -> str:
    """Return the best visibility that the platform's export can have for a class and direction; `-` if the platform has no such class."""
    if cls not in platform.known_classes:
        return "-"
    declared = [show.visibility for show in platform.shows if (show.cls, show.direction) == (cls, direction)]
    return max(declared, key=VISIBILITIES.index, default="none")


def matrix(platforms: Mapping[str, Platform]) -> str:
    """Return one line a platform and direction, one column a class."""
    lines = [f"{'platform':<11} {'direction':<11} " + " ".join(f"{cls:<12}" for cls in CLASSES)]
    for platform in platforms.values():
        for direction in DIRECTIONS:
            cells = " ".join(f"{best(platform, cls, direction):<12}" for cls in CLASSES)
            lines.append(f"{platform.name:<11} {_ARROW[direction]:<11} {cells}".rstrip())
    legend = "full: every such act is in the export; partial: some are; none: the export leaves them out; -: no such thing there"
    return "\n".join([*lines, "", legend, ""])


def rows(platform: Platform) -> list[tuple[str, str, str, str, str]]:
    """Return (class, direction, surface, visibility, reason) of each line of the declaration, `none` lines added."""
    found: list[tuple[str, str, str, str, str]] = []
    for cls in platform.known_classes:
        for direction in DIRECTIONS:
            lines = [show for show in platform.shows if (show.cls, show.direction) == (cls, direction)]
            found += [(cls, direction, show.surface, show.visibility, show.reason) for show in lines]
            if not lines:
                found.append((cls, direction, "all", "none", ""))
    return found


def described(platform: Platform) -> str:
    """Return the platform's page in Markdown: how to ask for the export, what it can show, what it can't, traps."""
    table = ["| class | direction | where | shown | why |", "| --- | --- | --- | --- | --- |"]
    table += [
        f"| {cls} | {_ARROW[direction]} | {surface} | {visibility} | {reason} |"
        for cls, direction, surface, visibility, reason in rows(platform)
    ]
    links = ", ".join(sorted(platform.reply_links)) or "none"
    parts = [
        f"# {platform.title}",
        "## How to ask for the export",
        platform.how_to_ask.strip(),
        "## What it can show",
        "\n".join(table),
        f"Reply links are in the export for: {links}.",
        "## What it cannot show",
        platform.cannot_show.strip(),
        "## Layouts read, and traps",
        platform.notes.strip(),
    ]
    return "\n\n".join(parts) + "\n"
