"""The result of a run in a few lines that end with the report's path."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from pipeline.contacts.decisions import decisions_text, read_decisions
from pipeline.contacts.step_verdicts import read_steps
from pipeline.home.paths import Home
from pipeline.model.terminal import harmless
from pipeline.orchestration.working_tables import Store

_NAMED: Final = 3
"""Most contacts of contacts.csv named in one line; a long file would push the figures off the screen."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The result of a run."""

    lines: tuple[str, ...]
    troubles: tuple[str, ...]
    """One line an archive that was not read in full, one a kind of record that is not known."""
    notices: tuple[str, ...]
    """One line for each invalid line of contacts.csv and steps.csv; the others count, so the exit status is not changed."""
    report: Path


def _archive_line(path: str, status: str, reason: str | None) -> str:
    return harmless(f"{path}: {status}" + (f": {reason}" if reason else ""))


def strangers_line(strangers: Sequence[str]) -> str:
    """Return one line that names contacts of contacts.csv that are in no archive."""
    more = len(strangers) - _NAMED
    named = ", ".join(strangers[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    return f"contacts.csv names {named}, which no archive contains (yet)"


def _headlines(reciprocation: pl.DataFrame) -> list[str]:
    rows = reciprocation.filter(dimension="all", outcome="worded", horizon_days=7).sort("initiator")
    words = {"me": "of your steps were answered within 7 days", "them": "of their steps you answered within 7 days"}
    lines = []
    for row in rows.iter_rows(named=True):
        if row["shown"]:
            interval = f" ({row['low']:.0%}–{row['high']:.0%})" if row["low"] is not None else ""
            share, of = f"{row['answered_share']:.0%}", f"{row['gestures']:,} to {row['contacts']:,} people"
            lines.append(f"{share} {words[row['initiator']]}{interval}, {of}")
    return lines


def summarise(home: Home, store: Store, seconds: float, *, rebuilt: bool) -> Summary:
    """Return the summary of the last run, from its working tables.

    Args:
        home: the home.
        store: its working tables.
        seconds: how long this run took.
        rebuilt: False when there was nothing new, so that the published warehouse is still current.
    """
    archives, interactions = store.read("archives"), store.read("interactions", ["platform", "contact_id"])
    members = store.read("members")
    partly = archives.filter(pl.col("status") != "complete").select("path", "status", "reason").sort("path")
    troubles = tuple(_archive_line(*row) for row in partly.iter_rows())
    unknown = store.read("readings").explode("unknown").drop_nulls("unknown").select("path", "unknown").sort(pl.all())
    troubles += tuple(harmless(f"{path}: {kind}") for path, kind in unknown.iter_rows())
    lines = [f"{archives.height} archive{'' if archives.height == 1 else 's'} read in {seconds:.1f} s"]
    if not rebuilt:
        lines = [
            f"Nothing new in {archives.height} archive{'' if archives.height == 1 else 's'}: warehouse and report are current"
        ]
    sums = members.select("records_in", "stored", "already_stored", "set_aside", "skipped").sum().row(0)
    counted = "{} records: {} stored, {} already stored, {} set aside, {} skipped by rule"
    lines.append(counted.format(*(f"{n:,}" for n in sums)))
    counts = (
        interactions.group_by("platform")
        .agg(pl.len(), pl.col("contact_id").n_unique().alias("people"))
        .sort("platform")
    )
    lines += [
        f"  {platform:<12} {rows:>9,} interactions with {people:,} contacts"
        for platform, rows, people in counts.iter_rows()
    ]
    lines += _headlines(store.read("reciprocation"))
    decisions = read_decisions(decisions_text(home.contacts_csv))
    strangers = sorted(decisions.named() - set(store.read("identities")["identity_id"].to_list()))
    if strangers:
        lines.append(harmless(strangers_line(strangers)))
    if archives.is_empty():
        lines.append(f"Nothing to read yet: put the zips that your platforms sent you into {home.exports}")
    report = home.reports / "index.html"
    lines.append(f"Report: {report}")
    steps = read_steps(decisions_text(home.steps_csv))
    notices = tuple(harmless(problem) for problem in (*decisions.problems, *steps.problems))
    return Summary(tuple(lines), troubles, notices, report)
