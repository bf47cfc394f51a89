"""The MailerLite source: the subscriber CSV."""

import re

from pipeline.sources.base import Platform, Shows
from pipeline.sources.shared.newsletters.layout import Layout
from pipeline.sources.shared.newsletters.subscribers import IMPORTS_NOTE, ROWS_NOTE, Tool

TOOL = Tool(
    "mailerlite",
    (
        Layout(
            "api",
            frozenset({"email", "subscribed_at"}),
            ("subscribed_at", "opted_in_at", "created_at"),
            ("unsubscribed_at",),
            status="status",
            name=("name", "last_name"),
            lacks=frozenset({"stripe_customer_id", "active_subscription"}),
            confidence=0.7,
        ),
        Layout(
            "worded",
            frozenset({"email", "subscribed"}),
            ("subscribed", "opted in", "date created"),
            ("unsubscribed",),
            status="status",
            name=("name", "last name"),
            confidence=0.5,
        ),
        Layout(
            "subscriber",
            frozenset({"subscriber", "subscribed"}),
            ("subscribed", "opted in"),
            ("unsubscribed",),
            status="status",
            name=("name", "last name"),
            email="subscriber",
            confidence=0.6,
        ),
    ),
    re.compile(r"mailer[-_ ]?lite.*\.csv$", re.IGNORECASE),
)

PLATFORM = Platform(
    name="mailerlite",
    label="MailerLite",
    shows=(
        Shows(
            "subscription",
            "inbound",
            "partial",
            "all",
            readers=("list",),
            reason="opt-in and unsubscribe times, as far as the columns were chosen",
        ),
    ),
    known_classes=("subscription",),
    how_to_ask=(
        "In MailerLite open **Subscribers**, mark all, and choose **Actions → Export**. Keep the date columns (*Subscribed*, *Opted in*, "
        "*Unsubscribed*) among the fields. Put `mailerlite` into the file's name if it isn't recognised."
    ),
    cannot_show=("Opens and clicks, and what the chosen columns leave out."),
    notes=(
        ROWS_NOTE
        + IMPORTS_NOTE
        + "**Layouts.** No public description of the file exists: headers in the words of the programming interface (`subscribed_at`, "
        "`opted_in_at`, `unsubscribed_at`, `created_at`) or of the screen are read, and a file with `mailerlite` in its name is "
        "sniffed: the e-mail column by its values, dates by their names. Day and month of slashed dates are decided by the file's own "
        "evidence, else set aside. Unconfirmed people are left out, `not_social`."
    ),
)

SOURCE = TOOL.source(PLATFORM, version=2)
