"""The Substack source: the export zip of a publication, and the dashboard's subscriber CSV."""

import re
from collections.abc import Iterator

from pipeline.formats.counting import csv_rows
from pipeline.sources.base import Archive, Claim, Platform, Reader, Shows, Source
from pipeline.sources.shared.newsletters.layout import Layout, sniff
from pipeline.sources.shared.newsletters.subscribers import IMPORTS_NOTE, ListFacts, Tool, skip_all
from pipeline.sources.substack.posts import COLUMNS, parse_posts

_LIST = re.compile(r"^email_list\.(.+)\.csv$", re.IGNORECASE)
_EVENTS = frozenset({"post_id", "timestamp", "email", "post_type"})
_OPENS = frozenset({"user_agent", "client_os", "client_type", "device_type"})
_PAGE = re.compile(r"(^|/)posts/\d+[^/]*\.html$", re.IGNORECASE)


def _publication(name: str) -> str:
    """Return the publication's name out of `email_list.<publication>.csv`."""
    found = _LIST.match(name)
    return found[1] if found else ""


TOOL = Tool(
    "substack",
    (
        Layout("list", frozenset({"email", "active_subscription", "expiry", "created_at"}), ("created_at",)),
        Layout("paying", frozenset({"email", "expiry", "email_disabled", "stripe_connected_customer_id"}), ()),
        Layout(
            "dashboard", frozenset({"email", "subscription type", "subscription date"}), ("subscription date",), name=("name",),
        ),
        Layout(
            "dashboard_of_the_owner_s_choice", frozenset({"email", "subscription date", "emails opened (last 6 months)"}),
            ("subscription date",), name=("name",), confidence=0.9,
        ),
    ),
    _LIST,
    list_name=_publication,
    complete=lambda name: _LIST.match(name) is not None,
)  # fmt: skip


def recognise(archive: Archive) -> Iterator[Claim]:
    """Claim lists, posts.csv, and what was sent and opened."""
    yield from TOOL.recognise(archive)
    for member in archive.members:
        if _PAGE.search(member.name):
            yield Claim(member.name, "page", 0.5)
        elif member.name.lower().endswith(".csv") and (sheet := sniff(member)):
            if sheet.names >= COLUMNS:
                yield Claim(member.name, "posts", 1.0)
            elif sheet.names >= _EVENTS:
                yield Claim(member.name, "opens" if sheet.names & _OPENS else "delivers", 1.0)


PLATFORM = Platform(
    name="substack",
    label="Substack",
    shows=(
        Shows(
            "subscription",
            "inbound",
            "partial",
            "all",
            readers=("list",),
            reason="sign-up times of those who are on the list; who left is gone",
        ),
    ),
    known_classes=("subscription", "comment", "reaction", "share"),
    how_to_ask=(
        "In the publication's dashboard open **Settings → Import/Export → Export your data → New export** and download the zip. "
        "Richer on subscribers: **Subscribers → Export** (choose all columns) gives one CSV; give both."
    ),
    cannot_show=(
        "Comments, likes, restacks, notes, chat, and people who left the list. The dashboard's CSV counts comments and shares a "
        "person without telling when, so they can't be matched with anything."
    ),
    notes=(
        "**Rows.** A dated `opt_in` and a `subscribed_to_list` tie for each row of `email_list.<publication>.csv` (both generations, "
        "with `prefer_digests` or with `plan` and `first_payment_at`; the old list of paying people, which has no dates, gives ties) or of the dashboard's CSV; posts of `posts.csv` are posts to "
        "nobody. Persons are keyed by e-mail address. Nothing in the dashboard's CSV names its publication: write "
        '`[owner.substack] ids = ["<publication>"]`, as in `email_list.<publication>.csv`, and both are one list; otherwise it is a list of '
        "its own, and a sign-up at the same second in both is counted once.\n\n"
        + IMPORTS_NOTE
        + "**Left out by rule.** `*.delivers.csv` is what a machine sent; `*.opens.csv` is no proof of reading, as mail-privacy proxies "
        "fetch every mail by themselves: both `not_social`. Drafts; pages. The posts' HTML is not read: titles are in `posts.csv`."
    ),
)

SOURCE = Source(
    name="substack",
    version=2,
    platforms=(PLATFORM,),
    recognise=recognise,
    readers={
        "list": TOOL.reader(),
        "posts": Reader(parse_posts, csv_rows()),
        "opens": Reader(skip_all("not_social"), csv_rows()),
        "delivers": Reader(skip_all("not_social"), csv_rows()),
        "page": Reader(None, None),
    },
    survey=TOOL.survey,
    facts=ListFacts,
)
