"""The Mailchimp source: audience exports, a zip of CSVs by status."""

import re

from pipeline.sources.base import Platform, Shows
from pipeline.sources.shared.newsletters.layout import Layout
from pipeline.sources.shared.newsletters.subscribers import IMPORTS_NOTE, ROWS_NOTE, Tool

_STATUS = re.compile(r"^(subscribed|unsubscribed|cleaned|nonsubscribed)_", re.IGNORECASE)
_EXPORT = re.compile(r"_?(members|segment|member|audience)_export.*$|_[0-9a-f]{8,}$", re.IGNORECASE)


def _status(name: str) -> str:
    """Return the status in a member's name; empty without one."""
    found = _STATUS.match(name)
    return found[1].lower() if found else ""


def _list_name(name: str) -> str:
    """Return the audience's name out of `subscribed_<audience>_….csv`, empty for the usual names without it."""
    found = _STATUS.match(name)
    return _EXPORT.sub("", name[found.end() :].removesuffix(".csv")).strip("_") if found else ""


_NAMES = ("first name", "last name")
_EMAIL = "email address"

TOOL = Tool(
    "mailchimp",
    (
        # the columns show the status of a renamed file
        Layout(
            "cleaned",
            frozenset({"optin_time", "clean_time"}),
            ("optin_time", "confirm_time"),
            name=_NAMES,
            email=_EMAIL,
            fixed_status="cleaned",
        ),
        Layout(
            "unsubscribed",
            frozenset({"optin_time", "unsub_time"}),
            ("optin_time", "confirm_time"),
            ("unsub_time",),
            name=_NAMES,
            email=_EMAIL,
            fixed_status="unsubscribed",
        ),
        Layout(
            "audience",
            frozenset({"optin_time", "leid", "euid"}),
            ("optin_time", "confirm_time"),
            ("unsub_time",),
            name=("first name", "last name"),
            email="email address",
        ),
        Layout(
            "segment",
            frozenset({"optin_time", "member_rating"}),
            ("optin_time", "confirm_time"),
            ("unsub_time",),
            name=("first name", "last name"),
            email="email address",
            confidence=0.9,
        ),
    ),
    re.compile(r"^(subscribed|unsubscribed|cleaned|nonsubscribed)_.*\.csv$", re.IGNORECASE),
    list_name=_list_name,
    status_by_name=_status,
    complete=lambda name: name.startswith("subscribed_members_export"),
)

PLATFORM = Platform(
    name="mailchimp",
    label="Mailchimp",
    shows=(
        Shows(
            "subscription",
            "inbound",
            "full",
            "all",
            readers=("list",),
            reason="opt-in and unsubscribe times of everybody in the audience",
        ),
    ),
    known_classes=("subscription",),
    how_to_ask=(
        "In Mailchimp open **Audience → All contacts → Export Audience**, then **Export as CSV**. A zip with `subscribed_…`, "
        "`unsubscribed_…`, `cleaned_…` and `nonsubscribed_…` files is sent by e-mail. Give the zip unchanged."
    ),
    cannot_show=("Opens and clicks of single mails, replies to them, and people who were deleted from the audience."),
    notes=(
        ROWS_NOTE
        + IMPORTS_NOTE
        + "**Times** are UTC without a mark (GMTOFF and TIMEZONE describe the subscriber, not the clock); of OPTIN_TIME and "
        "CONFIRM_TIME the earlier one counts. Cleaned (bounced) people keep their opt-in and lose the tie; contacts that never "
        "subscribed (`nonsubscribed_…`) are left out, `not_social`."
    ),
)

SOURCE = TOOL.source(PLATFORM, version=2)
