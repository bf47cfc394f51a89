"""The Ghost source: the members CSV of a publication."""

import re

from pipeline.formats.decoding import decode
from pipeline.sources.base import Archive, Platform, Shows
from pipeline.sources.shared.newsletters.layout import Layout
from pipeline.sources.shared.newsletters.subscribers import IMPORTS_NOTE, ROWS_NOTE, Tool

_NAME = re.compile(r"^(?P<site>.*?)[._-]*members\.\d{4}-\d\d-\d\d", re.IGNORECASE)


def _publication(name: str) -> str:
    """Return the publication's name before `members.<date>.csv`, empty for the usual name."""
    found = _NAME.match(name)
    return found["site"].removesuffix(".ghost") if found else ""


_CONTENT = re.compile(r'"db"\s*:\s*\[\s*\{.{0,200}?"exported_on"\s*:', re.DOTALL)


def refusal(archive: Archive) -> str | None:
    """Return the sentence about the content export, which has posts and no members."""
    for member in archive.members:
        if member.name.lower().endswith(".json") and _CONTENT.search(decode(member.head())[0]):
            return f"{member.name} is Ghost's content export, which has no members: export the members as CSV (Members → Export all members)"
    return None


TOOL = Tool(
    "ghost",
    (
        Layout(
            "members",
            frozenset({"email", "subscribed_to_emails", "complimentary_plan", "created_at"}),
            ("created_at",),
            ("deleted_at",),
            status="subscribed_to_emails",
            name=("name",),
        ),
    ),
    re.compile(r"^(.*\.)?members\.\d{4}-\d\d-\d\d.*\.csv$", re.IGNORECASE),
    list_name=_publication,
)

PLATFORM = Platform(
    name="ghost",
    label="Ghost",
    shows=(
        Shows(
            "subscription",
            "inbound",
            "partial",
            "all",
            readers=("list",),
            reason="sign-up times of the members there are; who was deleted is gone",
        ),
    ),
    known_classes=("subscription",),
    how_to_ask=(
        "In Ghost Admin open **Members**, then the gear menu and **Export all members**. The file is called "
        "`members.<date>.csv`. The content export (JSON) has no members."
    ),
    cannot_show=("Comments, opens and clicks, when a member stopped the e-mails, and members who were deleted."),
    notes=(
        ROWS_NOTE
        + IMPORTS_NOTE
        + "**Layouts.** With or without `gift_id` and `newsletters` columns. `subscribed_to_emails` false takes the tie away; "
        "`deleted_at`, where it is filled, is the `unsubscribe`."
    ),
)

SOURCE = TOOL.source(PLATFORM, version=2, refusal=refusal)
