"""What may reach the shareable report: for each query the columns, each with its rule. Nothing else does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from pipeline.model import codes as model
from pipeline.model.durations import DAY_S
from reports import wording
from reports.shareable.rules import Rule, code, codes, lag_in, month_end, month_name, month_start, number


@dataclass(frozen=True, slots=True)
class Pseudonym:
    """A column that holds the pseudonym of the id in `source`."""

    source: str


@dataclass(frozen=True, slots=True)
class Allowed:
    """What of a query's rows may be shown.

    Attributes:
        columns: column -> its rule; rows are sorted by these columns in this order, so that no hidden column orders them.
        required: a row whose value here is no known code is left out: an open file names its own platforms.
        people: column that counts people; groups of 1 to 4 are left out.
        last_of: rows equal in these columns are one after rounding; the last one is kept.
    """

    columns: Mapping[str, Rule | Pseudonym]
    required: tuple[str, ...] = ()
    people: str | None = None
    last_of: tuple[str, ...] = field(default=())


def _numbers(*names: str) -> dict[str, Rule | Pseudonym]:
    return dict.fromkeys(names, number)


def _lags(*names: str) -> dict[str, Rule | Pseudonym]:
    return dict.fromkeys(names, lag_in())


_PLATFORM: Final = code(wording.PLATFORMS)
_CLASS: Final = code(model.CLASSES)
_SIDE: Final = code(wording.INITIATORS)
_OUTCOME: Final = code(wording.OUTCOMES)
_LEVEL: Final = code(wording.LEVELS)
_TIER: Final = code(wording.TIERS)
_STAGE: Final = code(model.STAGES)
_GROUP: Final = code(["all", *wording.PLATFORMS, *model.CLASSES, *wording.TIERS, *wording.LEVELS, *wording.VARIANTS])
_WHICH: Final[dict[str, Rule | Pseudonym]] = {
    "dimension": code(wording.DIMENSIONS),
    "value": _GROUP,
    "initiator": _SIDE,
}
_SHOWN: Final[dict[str, Rule | Pseudonym]] = {
    "platform": _PLATFORM, "account_id": Pseudonym("account_id"), "account": Pseudonym("account_id"), "class": _CLASS,
    "direction": code(wording.DIRECTIONS), "visibility": code(wording.VISIBILITY), "starts_at": month_start, "ends_at": month_end,
}  # fmt: skip

ALLOWED: Final[Mapping[str, Allowed]] = {
    "facts": Allowed(
        _numbers(
            "archives", "archives_complete", "archives_partial", "archives_unread", "accounts", "contacts", "interactions",
            "unattributed", "records_in", "records_set_aside", "records_skipped",
        ) | dict.fromkeys(("first_at", "last_at", "as_of"), month_start)
    ),
    "off_risk": Allowed(
        {"initiator": _SIDE, "outcome": _OUTCOME, "reason": code(wording.OFF_RISK), "platform": _PLATFORM, **_numbers("gestures", "contacts")},
        required=("reason", "platform"), people="contacts",
    ),
    "visibility": Allowed(_SHOWN, required=("platform", "class")),
    "lanes": Allowed(_SHOWN, required=("platform", "class")),
    "reciprocation": Allowed(
        {**_WHICH, "outcome": _OUTCOME, **_numbers(
            "horizon_days", "gestures", "contacts", "answered", "answered_share", "low", "high", "naive_share", "mature_share",
            "one_minus_km", "chance_share", "lift", "design_effect", "shown",
        )},
        required=("dimension", "value"), people="contacts",
    ),
    "months": Allowed(
        {"initiator": _SIDE, "month": month_name, **_numbers("gestures", "contacts", "answered_share", "low", "high", "shown")},
        required=("month",), people="contacts",
    ),
    "lag_curves": Allowed(
        {**_WHICH, **_lags("lag_s"), **_numbers("answered_share", "low", "high", "at_risk")},
        required=("dimension", "value"), last_of=("dimension", "value", "initiator", "lag_s"),
    ),
    "lag_quantiles": Allowed(
        {**_WHICH, **_numbers("gestures", "contacts"), **_lags(
            "conditional_25_s", "conditional_50_s", "conditional_75_s", "unconditional_50_s", "unconditional_50_low_s",
            "unconditional_50_high_s",
        )},
        required=("dimension", "value"), people="contacts",
    ),
    "balance": Allowed(
        {"period": month_name, "tier": _TIER, **_numbers(
            "gestures", "contacts", "outreach_share", "answers", "return_share", "target_share", "period_gestures",
        )},
        required=("period", "tier"), people="contacts",
    ),
    "dance_steps": Allowed(_numbers("mine_from", "theirs_from", "contacts")),
    "funnel": Allowed(
        {"stage": _STAGE, "contacts": number, "median_days_to_reach": lag_in(DAY_S), "from_stage": _STAGE},
        required=("stage",), people="contacts",
    ),
    "level_moves": Allowed(
        {"from_level": _LEVEL, "to_level": _LEVEL, **_numbers("moves", "contacts")}, required=("to_level",), people="contacts",
    ),
    "conservation": Allowed(
        {"archive_id": Pseudonym("archive_id"), "path": Pseudonym("archive_id"), "platform": codes(wording.PLATFORMS, "+"),
         "status": code(wording.STATUS), **_numbers(
             "members", "members_read", "records_in", "stored", "already_stored", "set_aside", "skipped",
         )},
    ),
    "set_aside": Allowed(
        {"archive_id": Pseudonym("archive_id"), "path": Pseudonym("archive_id"), "reason_code": code(model.SET_ASIDE_REASONS),
         **_numbers("records", "members")},
    ),
    "skipped": Allowed({"rule": code(model.SKIP_RULES), "records": number}, required=("rule",)),
    "contacts": Allowed(
        {"level": _LEVEL, "tier": _TIER, "platforms": codes(wording.PLATFORMS, " "), "whose_step": code(wording.WHOSE)},
    ),
}  # fmt: skip
"""query -> what of its rows may be shown."""
