"""The beehiiv source: the subscriber CSV of a publication."""

import re

from pipeline.sources._list_layout import Layout
from pipeline.sources._lists import Tool
from pipeline.sources.base import Platform, Shows, Source

TOOL = Tool(
    "beehiiv",
    (
        Layout(
            "full",
            frozenset({"email", "status", "tier", "created_at", "stripe_customer_id"}),
            ("created_at", "subscription date (substack)"),
            ("unsubscribed_at",),
            status="status",
            name=("first name", "last name"),
        ),
        Layout(
            "short",
            frozenset({"email", "status", "created at", "subscription tier"}),
            ("created at",),
            ("unsubscribed at",),
            status="status",
            confidence=0.9,
        ),
    ),
    re.compile(r"beehiiv.*\.csv$", re.IGNORECASE),
)

PLATFORM = Platform(
    name="beehiiv",
    shows=(Shows("subscription", "inbound", "full", "all", ("list",), "sign-up and unsubscribe times"),),
    known_classes=("subscription",),
    how_to_ask=(
        "In beehiiv open **Audience → Subscribers → Export**, choose the full export of all subscribers, and give the CSV that comes by "
        "e-mail."
    ),
    cannot_show=(
        "Opens and clicks of single posts, comments and likes on the web version, and subscribers who were deleted."
    ),
    notes=(
        "**Rows.** A dated `opt_in`, an `unsubscribe` where the list tells when, and a `subscribed_to_list` tie for everybody who is "
        "on it. Persons are keyed by e-mail address.\n\n"
        "**Imports.** Three or more rows in one second, and those within a second of them, carry the moment of an import: they "
        "become a tie since then, without an opt-in, and the coverage says how many.\n\n"
        "**Layouts.** The full export with one column a tier, and the short one (`Email`, `Status`, `Created At`, `Subscription "
        "Tier`). A `Subscription Date (Substack)` column that came along with a move counts where it is earlier. `pending` people, "
        "who never confirmed, are left out, `not_social`; `inactive` ones keep their opt-in and lose the tie."
    ),
)

SOURCE = Source(
    name="beehiiv",
    version=2,
    platforms=(PLATFORM,),
    recognise=TOOL.recognise,
    readers={"list": TOOL.reader()},
    survey=TOOL.survey,
)
