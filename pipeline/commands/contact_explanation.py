"""Why a contact's figures are what they are, as lines of text: `dancecard explain CONTACT`."""

from typing import Final

import polars as pl

from pipeline.commands.gesture_explanation import OFF_RISK
from pipeline.commands.rows import formatted
from pipeline.contacts.decisions import Decisions
from pipeline.model.thresholds import LEVEL_WINDOW_DAYS

JOIN_REASONS: Final = {
    "owner": "merged by you in contacts.csv",
    "same_key": "equal contact keys in open interactions files",
    "stated": "the archive itself states that the two ids are one person",
    "unique_name": "known by name only, and one other identity of that archive has the name",
    "same_email": "the same e-mail address, and names that don't contradict each other",
    "mutual_link": "each states the URL of the other's profile page",
    "profile_url": "one states the URL of the other's profile page",
    "same_messages": "two exports hold the same messages under either id",
}
EVIDENCE: Final = {
    "owner_tier": "the tier that you set in contacts.csv",
    "owner_audience": "the audience that you set in contacts.csv",
    "export_audience": "a follower count inside an export",
    "follow_structure_upward": "you follow, the contact doesn't",
    "follow_structure_mutual": "you follow each other",
    "follow_structure_downward": "the contact follows, you don't",
    "verified": "a verified account; makes no tier",
    "account_age": "the age of the account; makes no tier",
    "in_degree": "people who answer the contact; makes no tier",
    "none": "no archive has evidence",
}
QUERIES: Final = (
    "contact", "contact_identities", "contact_interactions", "contact_gestures", "contact_off_risk", "contact_left_out",
    "contact_exchanges", "contact_shares", "contact_records",
)  # fmt: skip
"""Queries of sql/explain that `contact_text` shows, all about one contact."""
EXCHANGES: Final = 5
"""Newest exchanges that are shown."""
_TIMES: Final = ("outside_coverage", "no_follow_up")
"""Reasons off risk that the covered time explains."""
_SIDES: Final = {"me": "Your gestures", "them": "Their gestures"}
_STEPS: Final = {
    "mine": "Next step: yours, since their last direct turn",
    "theirs": "Next step: theirs, since your last direct turn",
    "nobody": "Next step: nobody's; there is no direct turn",
}


def contact_text(parts: dict[str, pl.DataFrame], decisions: Decisions) -> list[str]:
    """Return the lines that explain a contact.

    Args:
        parts: QUERIES -> their rows; `contact` has one row.
        decisions: all of the owner's decisions; those on this contact are shown.
    """
    [contact] = (
        parts["contact"].select("display_name", "contact_id", "excluded", "exclusion_reason").iter_rows(named=True)
    )
    lines = [f"{contact['display_name']} ({contact['contact_id']})"]
    if contact["excluded"]:
        lines.append(f"Not in the figures: {contact['exclusion_reason']}")
    sections = {
        "Who": _who(parts["contact_identities"], decisions),
        "Interactions": _table(parts["contact_interactions"], "none"),
        "Gestures (answered, superseded, open: of those at risk)": _table(parts["contact_gestures"], "none"),
        "Off risk, and why": _off_risk(parts["contact_off_risk"]),
        "Left out of the figures": _left_out(parts["contact_left_out"]),
        "Figures (outcome worded)": _figures(parts["contact"], parts["contact_shares"]),
        "The exchanges that the level rests on": _exchanges(parts["contact_exchanges"]),
        "The last interactions and their records": _records(parts["contact_records"]),
    }
    for title, body in sections.items():
        lines += ["", title, *(f"  {line}".rstrip() for line in body)]
    return lines


def _table(rows: pl.DataFrame, empty: str) -> list[str]:
    """Return the rows as the lines of a table without the count of rows."""
    return formatted(rows, "table").decode().splitlines()[:-1] if rows.height else [empty]


def _who(identities: pl.DataFrame, decisions: Decisions) -> list[str]:
    lines = []
    for identity, name, handle, former, reason in identities.iter_rows():
        known = "".join(f", {part}" for part in (name, handle and f"handle {handle}") if part)
        old = f", formerly {', '.join(former)}" if former else ""
        lines.append(f"{identity}{known}{old}")
        if reason:
            lines += [f"  joined by {code}: {JOIN_REASONS.get(code, code)}" for code in reason.split("+")]
    return lines + decision_lines(decisions, identities["identity_id"].to_list())


def decision_lines(decisions: Decisions, identities: list[str]) -> list[str]:
    """Return what contacts.csv says about these identities now, one line a decision.

    Args:
        decisions: all of the owner's decisions.
        identities: identity_ids of the contact.
    """
    ours = set(identities)
    values = [
        *((name, f"tier={tier}") for name, tier in dict(decisions.tiers).items()),
        *((name, f"audience={audience}") for name, audience in dict(decisions.audiences).items()),
        *((name, f"exclude={'yes' if out else 'no'}") for name, out in dict(decisions.excluded).items()),
        *((name, "not joined to others") for name in sorted(decisions.splits)),
    ]
    lines = [f"your decision on {name}: {value}" for name, value in values if name in ours]
    for verdict in decisions.verdicts:
        if ours & {verdict.one, verdict.other}:
            people = "one person" if verdict.same else "two people"
            lines.append(f"your decision: {verdict.one} and {verdict.other} are {people}")
    return lines or ["no decision of yours in contacts.csv"]


def _off_risk(rows: pl.DataFrame) -> list[str]:
    lines = []
    for row in rows.iter_rows(named=True):
        whose = "yours" if row["initiator"] == "me" else "theirs"
        place = f"{row['platform']}, {row['class']}"
        lines.append(
            f"{row['gestures']} of {whose} on {place} (outcome {row['outcomes']}): {row['off_risk_reason']}, {OFF_RISK[row['off_risk_reason']]}"
        )
        if row["off_risk_reason"] in _TIMES and row["covered_from"] and row["covered_to"]:
            lines.append(f"  covered: {row['covered_from']:%Y-%m-%d} to {row['covered_to']:%Y-%m-%d}")
        if row["coverage"]:
            lines.append(f"  the archives: {row['coverage']}")
    return lines or ["none"]


def _left_out(rows: pl.DataFrame) -> list[str]:
    lines = [
        f"{row['interactions']} {row['direction']}: {row['reason']} (rule {row['rule']}), "
        f"{row['first_at']:%Y-%m-%d} to {row['last_at']:%Y-%m-%d}"
        for row in rows.iter_rows(named=True)
    ]
    return lines or ["nothing"]


def _figures(contact: pl.DataFrame, shares: pl.DataFrame) -> list[str]:
    [row] = contact.iter_rows(named=True)
    level = f"Level: {row['level'] or 'none'}"
    level += f" since {row['level_since']:%Y-%m-%d}" if row["level_since"] else ""
    level += "; dormant" if row["dormant"] else ""
    level += "; opted in" if row["opted_in"] else ""
    standing = f"Standing: {row['tier']}, from {row['evidence']}: {EVIDENCE[row['evidence']]}"
    standing += f"; value {row['value']:.6g}" if row["value"] is not None else ""
    standing += f"; source {row['source']}" if row["source"] else ""
    standing += f"; as of {row['as_of']:%Y-%m-%d}" if row["as_of"] else ""
    step = _STEPS[row["whose_step"]]
    step += f" on {row['step_since']:%Y-%m-%d %H:%M} UTC" if row["whose_step"] != "nobody" else ""
    return [level, standing, step, *(_share(share) for share in shares.partition_by("initiator"))]


def _share(of_side: pl.DataFrame) -> str:
    [row] = of_side.iter_rows(named=True)
    side = _SIDES[row["initiator"]]
    if row["share"] is None:
        return f"{side}: none at risk that could be followed for 7 days"
    lag = f"; median lag {row['median_lag']}" if row["median_lag"] else ""
    silent = "; not responding so far" if row["not_responding"] else ""
    return (
        f"{side}: {row['answered']} of {row['gestures']} answered within 7 days; "
        f"share {row['share']:.0%} (90 % interval {row['low']:.0%} to {row['high']:.0%}), shrunken{lag}{silent}"
    )


def _exchanges(rows: pl.DataFrame) -> list[str]:
    if rows.is_empty():
        return ["none"]
    recent = rows.filter(pl.col("answered_at") > pl.col("as_of") - pl.duration(days=LEVEL_WINDOW_DAYS))
    days = recent["answered_at"].dt.date().n_unique()
    total = (
        f"{rows.height} ever; {recent.height} on {days} days (UTC) in the last {LEVEL_WINDOW_DAYS} days that the archives "
        "cover; the newest:"
    )
    return [total, *_table(rows.drop("as_of").head(EXCHANGES), "none")]


def _records(rows: pl.DataFrame) -> list[str]:
    lines = []
    for row in rows.iter_rows(named=True):
        lines += [
            f"{row['occurred_at']:%Y-%m-%d %H:%M:%S}  {row['platform']}, {row['direction']}, {row['kind']}",
            f"  archive {row['archive']}",
            f"  member  {row['member']}",
            f"  pointer {row['pointer']}",
        ]
    return lines or ["none"]
