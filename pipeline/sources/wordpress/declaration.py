"""What a WordPress export can show."""

from typing import Final

from pipeline.sources.base import Platform, Shows

WORDPRESS: Final = Platform(
    name="wordpress",
    label="WordPress",
    shows=(
        Shows(
            "comment",
            "inbound",
            "full",
            "public",
            readers=("wxr",),
            reason="comments and replies on the owner's posts, pending ones included",
        ),
        Shows(
            "comment",
            "outbound",
            "full",
            "public",
            readers=("wxr",),
            reason="the owner's replies on this site; comments left on other sites are in no export",
        ),
        Shows("share", "inbound", "full", "public", readers=("wxr",), reason="pingbacks and trackbacks"),
        Shows(
            "share",
            "outbound",
            "full",
            "public",
            readers=("wxr",),
            reason="links to other people's sites in the owner's published posts",
        ),
    ),
    known_classes=("comment", "share", "reaction", "follow", "subscription"),
    reply_links=frozenset({"comment"}),
    how_to_ask=(
        "In the site's dashboard choose **Tools → Export → All content → Download Export File**. Choose *All content*: an "
        "export filtered by author, date or category leaves out the comments on the posts that it leaves out. On "
        "WordPress.com the same page sends a zip, for big sites in several parts; give all of them. Needs an administrator."
    ),
    cannot_show=(
        "Comments that the owner left on other people's blogs, likes (unless a webmention or fediverse plug-in stored them "
        "as comments), followers, e-mail subscribers, visits, and comments that were marked as spam or deleted for good."
    ),
    notes=(
        "**Layouts.** WXR 1.0, 1.1 and 1.2, with `http` or `https` namespace, with or without CDATA, self-closing elements, "
        "`wp:author` blocks with or without `author_id`, wordpress.com zips with parts `.000.xml`, `.001.xml`.\n\n"
        "**Records.** Each `item` and each `wp:comment`.\n\n"
        "**Owner.** The author named in `[owner.wordpress]` (login, name, e-mail), else the one with most published items, "
        "decided for each site over all its exports; the coverage names it. Comments are the owner's by e-mail, else by the site's user id (not on wordpress.com, "
        "whose ids are the network's), else, for registered users, by name.\n\n"
        "**Persons.** Keyed by e-mail address; without one by the web address that they left; without that by the site's "
        "user id. A web address that exactly one e-mail address states is an alias of it. Sites that link (pingback, "
        "trackback, webmention) or are linked to are keyed by host.\n\n"
        "**Times.** `comment_date_gmt` and `post_date_gmt`. Where these are zeros: local time less the file's median gap, "
        "marked `zone_assumed`.\n\n"
        "**Broken files.** Read strictly up to the first fault, then block by block: control characters, bare ampersands and "
        "HTML entities are mended, a comment inside a broken item is read by itself, the rest is set aside. A document type "
        "definition is refused.\n\n"
        "**Left out by rule.** Trash, shop and scheduler records (`order_note`, `review`, `action_log`), comments between "
        "guests, the site's pings to itself, attachments, menus and templates, drafts."
    ),
)
