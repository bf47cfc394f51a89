"""The codes of all tables, each enumeration written once: a literal type, and a tuple of its values.

The allowed values in `sql/tables/` repeat them for DuckDB; a test compares the two. Platforms are no enumeration: each
source declares its own, and an open interactions file names any.
"""

from typing import Final, Literal, get_args

# --- interactions and what archives show of them (methods:interaction-fields, methods:coverage-windows) ------------------
Direction = Literal["outbound", "inbound"]
DIRECTIONS: Final[tuple[Direction, ...]] = get_args(Direction)
"""By the owner, towards the owner."""

Surface = Literal["all", "direct", "group", "public"]
SURFACES: Final[tuple[Surface, ...]] = get_args(Surface)
"""Where acts take place; only coverage may speak of `all`."""
ACT_SURFACES: Final[tuple[Surface, ...]] = tuple(surface for surface in SURFACES if surface != "all")
"""Where one act takes place."""

Visibility = Literal["none", "partial", "full"]
VISIBILITIES: Final[tuple[Visibility, ...]] = get_args(Visibility)
"""In rising order."""

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
"""class -> its kinds. `link` is a pingback or trackback."""
CLASSES: Final[tuple[str, ...]] = tuple(KINDS)
CLASS_OF_KIND: Final[dict[str, str]] = {kind: cls for cls, kinds in KINDS.items() for kind in kinds}

PLATFORMS_WITH_CHANGING_IDS: Final = ("facebook", "instagram")
"""Platforms whose exports name threads and people differently each time (methods:changing-ids)."""

TieKind = Literal[
    "follows", "followed_by", "connected", "subscribed_to_list", "listed", "in_address_book", "blocked", "liked", "reacted",
]  # fmt: skip
TIE_KINDS: Final[tuple[TieKind, ...]] = get_args(TieKind)

# --- archives and records (methods:archive-status, methods:skip-rules) ---------------------------------------------------
ArchiveStatus = Literal["complete", "partial", "failed", "unrecognised"]
ARCHIVE_STATUSES: Final[tuple[ArchiveStatus, ...]] = get_args(ArchiveStatus)

SkipRule = Literal[
    "self_event",  # the owner towards the owner
    "system_line",  # group created, number changed, encryption notice …
    "deleted_placeholder",  # unsent, or deleted by the sender
    "spam",  # spam folder and filtered threads
    "broadcast_channel",  # one-to-many channels, not addressed to the owner
    "ai_chat",
    "sponsored",
    "draft",
    "trash",
    "between_others",  # guest to guest
    "duplicate_of_other_file",  # headers without text, the same act in a second file
    "list_mail",  # newsletters and mailing lists
    "automatic",  # auto-replies, no-reply senders
    "empty_item",  # a placeholder the platform writes into an otherwise empty list
    "edit_version",  # an older version of a text whose last version is stored
    "forgotten",  # names a person whom the owner had forgotten
    "not_social",  # nothing between the owner and a contact: watch history, organisations followed …
    "system_file",  # a file of an operating system, which has no records
    "other_app",  # a record of another application that keeps its records in the same store
    "own_item",  # the owner's own item that is context only: own video, own blog's page
]
SKIP_RULES: Final[frozenset[SkipRule]] = frozenset(get_args(SkipRule))
"""Every rule by which a reader may skip a record; a reader that needs another adds it above with its meaning."""

SetAsideReason = Literal[
    # of a record
    "missing_field", "unreadable_time", "ambiguous_date", "unknown_kind", "unknown_layout", "missing_column", "not_an_object",
    "not_a_message", "unlinked_record", "owner_unknown", "owner_ambiguous", "bad_coverage", "no_records",
    "id_conflict",  # its id belongs to another act
    "reader_error",  # the reader broke a rule or failed
    "unaccounted",  # counted, but neither stored nor skipped by the reader
    # of bytes that are not of their format
    "not_json", "not_xml", "not_parquet", "dtd_refused", "unterminated_quote", "too_deep", "too_long", "cut_short", "damaged_block",
    "missing_block", "unreadable",
    # of a member that can't be opened or read to its end
    "bad_crc", "damaged", "gone", "name_too_long", "needs_password", "not_permitted", "over_limit", "unknown_method", "out_of_memory",
]  # fmt: skip
SET_ASIDE_REASONS: Final[frozenset[SetAsideReason]] = frozenset(get_args(SetAsideReason))
"""Every reason for which a record is set aside (methods:set-aside-reasons); a reader that needs another adds it above."""

# --- gestures (methods:gesture-outcomes, methods:grades, methods:off-risk-reasons) ---------------------------------------
Initiator = Literal["me", "them"]
INITIATORS: Final[tuple[Initiator, ...]] = get_args(Initiator)
Outcome = Literal["worded", "any"]
OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)
GestureStatus = Literal["answered", "superseded", "open"]
GESTURE_STATUSES: Final[tuple[GestureStatus, ...]] = get_args(GestureStatus)
Grade = Literal["A", "B", "C", "D"]
GRADES: Final[tuple[Grade, ...]] = get_args(Grade)
"""Evidence of an answer, strongest first: explicit link, same thread, same platform and class, another lane or platform."""
ACROSS_GRADE: Final[Grade] = "D"
"""Answers on another lane or platform: weak, so that they are reported apart."""
HEADLINE_GRADES: Final[tuple[Grade, ...]] = tuple(grade for grade in GRADES if grade != ACROSS_GRADE)
"""Grades of answers that count in headline figures."""
OffRiskReason = Literal[
    "none_visible", "outside_coverage", "no_follow_up", "wordless_class", "no_reply_links", "partial",
]  # fmt: skip
OFF_RISK_REASONS: Final[tuple[OffRiskReason, ...]] = get_args(OffRiskReason)
"""In the order in which they apply: a gesture has the first."""
Exclusion = Literal["excluded_contact", "automatic", "campaign", "link_drop"]
EXCLUSIONS: Final[tuple[Exclusion, ...]] = get_args(Exclusion)
"""Rules that leave interactions out of the figures (methods:exclusions), in the order in which they apply."""
MatchingCount = Literal[
    "gestures", "simultaneous", "dangling_reply_to", "negative_lag", "uncertain", "id_conflict", "edited", "archive_overlap",
    "dropped_excluded_contact", "dropped_automatic", "dropped_campaign", "dropped_link_drop", "dropped_wordless",
]  # fmt: skip
MATCHING_COUNTS: Final[tuple[MatchingCount, ...]] = get_args(MatchingCount)

# --- figures (methods:dimensions) ----------------------------------------------------------------------------------------
Dimension = Literal[
    "all", "platform", "class", "tier", "level", "month", "craft", "templated", "intent", "earlier_gifts", "asked",
    "tone", "hour", "exclusions", "visibility", "turn_gap", "grade", "certainty",
]  # fmt: skip
DIMENSIONS: Final[tuple[Dimension, ...]] = get_args(Dimension)
LAG_DIMENSIONS: Final[tuple[str, ...]] = (*DIMENSIONS, "hour_of_week")
"""Dimensions of lag quantiles: 168 hours of the week are too many groups for rates."""
COMPARED_DIMENSIONS: Final[tuple[Dimension, ...]] = (
    "platform", "class", "tier", "level", "craft", "templated", "intent", "asked", "tone",
)  # fmt: skip

# --- people (methods:standing, methods:levels, methods:funnel, methods:whose-step) ---------------------------------------
Tier = Literal["guru", "peer", "newbie", "unknown"]
TIERS: Final[tuple[Tier, ...]] = get_args(Tier)
KNOWN_TIERS: Final[tuple[Tier, ...]] = tuple(tier for tier in TIERS if tier != "unknown")
Evidence = Literal[
    "owner_tier", "owner_audience", "export_audience", "follow_structure_upward", "follow_structure_mutual",
    "follow_structure_downward", "verified", "account_age", "in_degree", "none",
]  # fmt: skip
EVIDENCE: Final[tuple[Evidence, ...]] = get_args(Evidence)
"""Of a contact's standing, best first; the three follow structures are equals."""
Level = Literal["stranger", "one_sided_mine", "one_sided_theirs", "acquaintance", "friend", "close"]
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
"""In rising order; the two one-sided ones are equals."""
Stage = Literal["stranger", "noticed", "exchanged", "dancing", "friend", "close", "opted_in"]
STAGES: Final[tuple[Stage, ...]] = get_args(Stage)
"""Of the funnel, in rising order."""
WhoseStep = Literal["mine", "theirs", "nobody"]
WHOSE_STEPS: Final[tuple[WhoseStep, ...]] = get_args(WhoseStep)

FollowStatus = Literal["mutual", "only_mine", "only_theirs", "gone_mine", "gone_theirs"]
FOLLOW_STATUSES: Final[tuple[FollowStatus, ...]] = get_args(FollowStatus)

# --- texts (methods:generic-text, methods:tone) --------------------------------------------------------------------------
Genericness = Literal["generic", "short", "substantive", "not_assessed"]
GENERICNESS: Final[tuple[Genericness, ...]] = get_args(Genericness)
Tone = Literal["positive", "neutral", "negative", "not_assessed"]
TONES: Final[tuple[Tone, ...]] = get_args(Tone)
Templating = Literal["personal", "templated"]
TEMPLATINGS: Final[tuple[Templating, ...]] = get_args(Templating)
"""Whether nearly the same text went to several contacts."""
Intent = Literal["gift", "ask", "both", "neither"]
INTENTS: Final[tuple[Intent, ...]] = get_args(Intent)
"""Whether the texts of a gesture give, ask, or both."""
EarlierGifts = Literal["0", "1-2", "3+"]
EARLIER_GIFTS: Final[tuple[EarlierGifts, ...]] = get_args(EarlierGifts)
"""How many of the owner's earlier texts to the contact give, of a gesture that asks (methods:gives-before-asks)."""
Asked = Literal["asked", "not_asked"]
ASKED: Final[tuple[Asked, ...]] = get_args(Asked)
"""Whether a gesture asks for an answer."""
NOT_ASSESSED: Final = "not_assessed"
"""The value of a text whose language has no rule."""

ALL_CODES: Final[frozenset[str]] = frozenset().union(
    DIRECTIONS, SURFACES, VISIBILITIES, CLASSES, CLASS_OF_KIND, TIE_KINDS, ARCHIVE_STATUSES, SKIP_RULES, SET_ASIDE_REASONS, INITIATORS, OUTCOMES,
    GESTURE_STATUSES, GRADES, OFF_RISK_REASONS, EXCLUSIONS, MATCHING_COUNTS, LAG_DIMENSIONS, TIERS, EVIDENCE, LEVELS, STAGES, WHOSE_STEPS,
    GENERICNESS, TONES, TEMPLATINGS, INTENTS, EARLIER_GIFTS, ASKED, FOLLOW_STATUSES,
)  # fmt: skip
"""Every code of the tool: words that may be shown in a check's evidence, since no archive supplied them."""
