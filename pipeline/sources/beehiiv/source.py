"""The beehiiv source: the subscriber CSV of a publication."""

import re

from pipeline.sources.base import Platform, Shows
from pipeline.sources.shared.newsletters.layout import Layout
from pipeline.sources.shared.newsletters.subscribers import IMPORTS_NOTE, ROWS_NOTE, Tool

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
    label="beehiiv",
    shows=(Shows("subscription", "inbound", "full", "all", readers=("list",), reason="sign-up and unsubscribe times"),),
    known_classes=("subscription",),
    how_to_ask=(
        "In beehiiv open **Audience → Subscribers → Export**, choose the full export of all subscribers, and give the CSV that comes by "
        "e-mail."
    ),
    cannot_show=(
        "Opens and clicks of single posts, comments and likes on the web version, and subscribers who were deleted."
    ),
    notes=(
        ROWS_NOTE
        + IMPORTS_NOTE
        + "**Layouts.** The full export with one column a tier, and the short one (`Email`, `Status`, `Created At`, `Subscription "
        "Tier`). A `Subscription Date (Substack)` column that came along with a move counts where it is earlier. `pending` people, "
        "who never confirmed, are left out, `not_social`; `inactive` ones keep their opt-in and lose the tie."
    ),
)

SOURCE = TOOL.source(PLATFORM, version=2)
