"""The fixed words: classes and their kinds, directions, visibilities, tie kinds, reasons (CONTRACT, "What is what").

Only names live here. Other rooms import them so that no word is spelled twice.
"""

from typing import Final, Literal

Direction = Literal["outbound", "inbound"]
Visibility = Literal["full", "partial", "none"]
Surface = Literal["all", "direct", "group", "public"]

KINDS: Final[dict[str, tuple[str, ...]]] = {
    "message": ("message", "call", "message_request"),
    "comment": ("comment", "reply", "mention", "tag", "wall_post", "story_reply"),
    "reaction": ("like", "reaction", "message_reaction", "story_like", "vote", "poke", "award"),
    "share": ("repost", "quote", "link"),
    "follow": ("follow",),
    "invite": ("invitation", "friend_request", "follow_request", "accept"),
    "endorsement": ("endorsement", "recommendation"),
    "subscription": ("opt_in", "unsubscribe"),
}
"""class -> its kinds."""

CLASSES: Final[tuple[str, ...]] = tuple(KINDS)
CLASS_OF_KIND: Final[dict[str, str]] = {kind: cls for cls, kinds in KINDS.items() for kind in kinds}
DIRECTIONS: Final[tuple[Direction, ...]] = ("outbound", "inbound")
VISIBILITIES: Final[tuple[Visibility, ...]] = ("none", "partial", "full")
"""In rising order."""
SURFACES: Final[tuple[Surface, ...]] = ("all", "direct", "group", "public")
TIE_KINDS: Final[tuple[str, ...]] = (
    "follows", "followed_by", "connected", "subscribed_to_list", "listed", "in_address_book", "blocked", "liked", "reacted",
)  # fmt: skip

SKIP_RULES: Final[frozenset[str]] = frozenset(
    {
        "self_event",  # the owner towards the owner
        "system_line",  # group created, number changed, encryption notice …
        "deleted_placeholder",  # unsent or deleted by the sender
        "spam",  # spam folder and filtered threads
        "broadcast_channel",  # one-to-many channels, not addressed to the owner
        "ai_chat",
        "sponsored",
        "draft",
        "trash",
        "between_others",  # guest to guest
        "duplicate_of_other_file",  # headers without text, the same act in a second file
        "list_mail",  # newsletters and mailing-list traffic that is not person to person
        "automatic",  # auto-replies, no-reply senders
        "empty_item",  # a placeholder the platform writes into an otherwise empty list
        "edit_version",  # an older version of a text that stands in its last version
        "forgotten",  # a person whom the owner had forgotten
        "not_social",  # says nothing about owner and contact: watch history, organisations followed …
        "own_item",  # the owner's own item that only serves as context: own video, own blog's page
    }
)
"""Every `skip_reason` a reader may give; a reader that needs another adds it here with its meaning."""
