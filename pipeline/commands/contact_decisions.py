"""Search for people; append the owner's decisions to contacts.csv."""

import shlex

import polars as pl

from pipeline.commands.decision_files import append_line
from pipeline.commands.rows import formatted, read_table
from pipeline.contacts.decision_lines import COLUMNS
from pipeline.contacts.decisions import decisions_text, read_decisions
from pipeline.home.paths import Home, home_path
from pipeline.model.errors import UsageError
from pipeline.model.naming import normalise_name
from pipeline.model.terminal import harmless

_KEYS = ("tier", "audience", "exclude", "note")


def matching_identities(identities: pl.DataFrame, search: str) -> pl.DataFrame:
    """Return identities whose id equals the search, else those whose name, handle, address or id contains it."""
    exact = identities.filter(pl.any_horizontal(pl.col("identity_id", "contact_id") == search))
    if exact.height or not search:
        return exact if search else identities
    needle = normalise_name(search)
    fields = identities.select("identity_id", "display_name", "handle", "email").iter_rows()
    hit = [any(needle in normalise_name(field) for field in row if field) for row in fields]
    return identities.filter(pl.Series(hit, dtype=pl.Boolean))


def _only_match(home: Home, search: str, column: str = "contact_id") -> str:
    found = matching_identities(read_table(home, "identities"), search)[column].unique().sort().to_list()
    if len(found) != 1:
        some = ", ".join(found[:5])
        raise UsageError(f"{len(found) or 'no'} people match {search!r}" + (f": {some}" if some else ""))
    return str(found[0])


def _append(home: Home, row: dict[str, str]) -> str:
    """Append one line; the file is unchanged if that line is invalid. Invalid lines of before are kept."""
    path = home.contacts_csv
    before = decisions_text(path) or ",".join(COLUMNS) + "\n"
    return append_line(path, before, row, required=COLUMNS, problems=lambda text: read_decisions(text).problems)


def merge(given_home: str | None, one: str, other: str) -> str:
    """Record that two contacts are one person."""
    home = Home.open(home_path(given_home))
    return _append(home, {"action": "merge", "contact": _only_match(home, one), "other": _only_match(home, other)})


def split(given_home: str | None, identity: str) -> str:
    """Record that an identity isn't the person it was joined to."""
    home = Home.open(home_path(given_home))
    return _append(home, {"action": "split", "contact": _only_match(home, identity, "identity_id")})


def distinct(given_home: str | None, one: str, other: str) -> str:
    """Record that two identities aren't the same person, whatever evidence says."""
    home = Home.open(home_path(given_home))
    return _append(home, {"action": "distinct", "contact": _only_named(home, one), "other": _only_named(home, other)})


def undo(given_home: str | None, one: str, other: str = "") -> str:
    """Record that the decisions on a pair, or the split and the values of an identity, no longer count."""
    home = Home.open(home_path(given_home))
    named = read_decisions(decisions_text(home.contacts_csv)).named()
    names = [name if name in named or not name else _only_named(home, name) for name in (one, other)]
    return _append(home, {"action": "undo", "contact": names[0], "other": names[1]})


def _only_named(home: Home, search: str) -> str:
    """Return an identity_id that is given exactly, else the contact_id of the one person whom the search finds."""
    known = read_table(home, "identities")["identity_id"]
    return search if search in known else _only_match(home, search)


def set_values(given_home: str | None, contact: str, values: list[str]) -> str:
    """Record tier, audience, exclude or a note of a contact."""
    home = Home.open(home_path(given_home))
    pairs = dict(value.partition("=")[::2] for value in values)
    unknown = [key for key in pairs if key not in _KEYS]
    if unknown:
        raise UsageError(f"unknown {unknown[0]!r}; known are {', '.join(_KEYS)}")
    return _append(home, {"action": "set", "contact": _only_match(home, contact), **pairs})


def contacts_table(given_home: str | None, search: str) -> bytes:
    """Return matching contacts as a table for the terminal."""
    home = Home(home_path(given_home))
    found = matching_identities(read_table(home, "identities"), search)
    people = read_table(home, "contacts").filter(pl.col("contact_id").is_in(found["contact_id"].unique().to_list()))
    return formatted(people.sort("display_name", "contact_id"), "table")


def suggestions_list(given_home: str | None) -> str:
    """Return the pairs that may be one person, the likeliest first, each with its reasons and the commands to decide on it.

    Pairs on which the owner decided since the last run are left out.
    """
    home = Home(home_path(given_home))
    found = read_table(home, "identity_suggestions").sort(
        "score", "identity_a", "identity_b", descending=[True, False, False]
    )
    shown = read_table(home, "identities").select("identity_id", pl.coalesce("display_name", "handle", "native_id"))
    names = dict(shown.iter_rows())
    verdicts = read_decisions(decisions_text(home.contacts_csv)).verdicts
    decided = {frozenset((verdict.one, verdict.other)) for verdict in verdicts}
    lines = []
    for one, other, score, reasons in found.select("identity_a", "identity_b", "score", "reasons").iter_rows():
        if frozenset((one, other)) in decided:
            continue
        pair = f"{shlex.quote(one)} {shlex.quote(other)}"
        lines += [
            f"{score:.2f}  {names.get(one, one)} ({one}) and {names.get(other, other)} ({other}): {', '.join(reasons)}",
            f"      one person: dancecard contacts merge {pair}",
            f"      two people: dancecard contacts distinct {pair}",
        ]
    count = len(lines) // 3
    total = "No suggestions" if count == 0 else f"{count} suggestion{'' if count == 1 else 's'}"
    return "".join(f"{harmless(line)}\n" for line in [*lines, total])
