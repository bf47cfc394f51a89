"""The Kit (ConvertKit) source: the subscriber CSV."""

import re

from pipeline.sources.base import Platform, Shows
from pipeline.sources.shared.newsletters.layout import Layout
from pipeline.sources.shared.newsletters.subscribers import IMPORTS_NOTE, ROWS_NOTE, Tool

TOOL = Tool(
    "kit",
    (
        Layout(
            "state",
            frozenset({"first_name", "state", "created_at", "tags"}),
            ("created_at",),
            ("cancelled_at", "unsubscribed_at"),
            status="state",
            name=("first_name",),
            email="email_address",
        ),
        Layout(
            "status",
            frozenset({"first_name", "status", "created_at", "tags"}),
            ("created_at",),
            ("cancelled_at", "unsubscribed_at"),
            status="status",
            name=("first_name",),
            email="email_address",
            confidence=0.9,
        ),
    ),
    re.compile(r"^(convertkit|kit)[-_ ].*\.csv$", re.IGNORECASE),
)

PLATFORM = Platform(
    name="kit",
    label="Kit",
    shows=(
        Shows(
            "subscription",
            "inbound",
            "partial",
            "all",
            readers=("list",),
            reason="sign-up times; when a person cancelled is not stated",
        ),
    ),
    known_classes=("subscription",),
    how_to_ask=(
        "In Kit open **Grow → Subscribers**, choose *All subscribers* (cancelled and bounced ones too), mark all and **Bulk actions → "
        "Export**. The CSV is sent by e-mail."
    ),
    cannot_show=("Opens, clicks and replies, and the times of unsubscriptions."),
    notes=(
        ROWS_NOTE
        + IMPORTS_NOTE
        + "**Layouts.** `email_address` or `email`, `state` or `status`, dates with time or without (then a day wide). Cancelled, bounced, "
        "complained and inactive people keep their opt-in and lose the tie."
    ),
)

SOURCE = TOOL.source(PLATFORM, version=2)
