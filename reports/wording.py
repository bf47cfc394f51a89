"""Labels of every code, and the sentences that sections share.

Rules of wording: a *step* is a gesture; "goes together with", never "leads to"; a lower bound says "at least"; what an
export leaves out "cannot be seen"; no score of a person's worth, and no blame.
"""

from typing import Final

from pipeline.model.thresholds import LEAST_CONTACTS, LEAST_GESTURES_DRAWN
from pipeline.sources.registry import platforms
from reports import formats
from reports.formats import count, plural


def platform_labels() -> dict[str, str]:
    """Return platform -> its name for readers, as its source declares it."""
    return {name: platform.title for name, platform in platforms().items()}


TITLE: Final = "The dance of give and take"
NO_CLEAR_DIFFERENCE: Final = "No clear difference between {left} and {right}"
CANNOT_BE_SEEN: Final = "Cannot be seen in this export"
NONE_AT_RISK: Final = "No steps to count"
NEEDED_CONTACTS: Final = LEAST_CONTACTS
NEEDED_GESTURES: Final = LEAST_GESTURES_DRAWN
PRIVACY: Final = (
    "Made offline. This file makes no network request. It contains personal data: names and dates of other people."
)
PRIVATE: Final = "private: names of other people"

PLATFORMS: Final = platform_labels()
CLASSES: Final = {
    "message": "Messages", "comment": "Comments", "reaction": "Reactions", "share": "Shares", "follow": "Follows",
    "invite": "Invitations", "endorsement": "Endorsements", "subscription": "Subscriptions",
}  # fmt: skip
KINDS: Final = {
    "message": "message", "call": "call", "message_request": "message request", "comment": "comment", "reply": "reply",
    "mention": "mention", "tag": "tag", "wall_post": "post on your wall", "story_reply": "story reply", "like": "like",
    "reaction": "reaction", "message_reaction": "reaction to a message", "story_like": "story like", "vote": "vote", "poke": "poke",
    "award": "award", "repost": "repost", "quote": "quote", "link": "link", "follow": "follow", "invitation": "invitation",
    "friend_request": "friend request", "follow_request": "follow request", "accept": "accepted invitation",
    "endorsement": "endorsement", "recommendation": "recommendation", "opt_in": "opt-in", "unsubscribe": "unsubscription",
}  # fmt: skip
TIERS: Final = {"guru": "Gurus", "peer": "Peers", "newbie": "Newbies", "unknown": "Unknown"}
TIER: Final = {"guru": "Guru", "peer": "Peer", "newbie": "Newbie", "unknown": "Unknown"}
LEVELS: Final = {
    "stranger": "Stranger", "one_sided_mine": "Only you", "one_sided_theirs": "Only they", "acquaintance": "Acquaintance",
    "friend": "Friend", "close": "Close",
}  # fmt: skip
LEVEL_ORDER: Final = ("close", "friend", "acquaintance", "one_sided_theirs", "one_sided_mine", "stranger")
INITIATORS: Final = {"me": "They answer you", "them": "You answer them"}
DIRECTIONS: Final = {"outbound": "what you did", "inbound": "what you received"}
OUTCOMES: Final = {"worded": "an answer in words", "any": "any answer"}
VISIBILITY: Final = {"full": "in full", "partial": "in part", "none": "cannot be seen"}
DIMENSIONS: Final = {
    "all": "All",
    "platform": "Platform",
    "class": "Kind of step",
    "tier": "Standing",
    "level": "Level",
    "month": "Month",
    "hour": "Hour",
    "craft": "How much it says",
    "templated": "Personal or templated",
    "intent": "Gift or ask",
    "earlier_gifts": "Earlier gifts",
    "asked": "Asked for an answer",
    "tone": "Tone",
    "turn_gap": "Turn gap",
    "certainty": "Order of events",
    "exclusions": "Exclusions",
    "visibility": "Visibility",
    "grade": "Grade",
}
VARIANTS: Final = {
    "worded": "In words",
    "any": "In any way",
    "1h": "Turns end after 1 h",
    "6h": "Turns end after 6 h",
    "24h": "Turns end after 24 h",
    "strict": "Only certain order",
    "none": "Nothing excluded",
    "partial": "Partly visible",
    "D": "Answers elsewhere",
}
GENERICNESS: Final = {
    "substantive": "Substantive",
    "short": "Short",
    "generic": "Generic",
    "not_assessed": "Not assessed",
}
TEMPLATED: Final = {"personal": "Personal", "templated": "Templated"}
INTENTS: Final = {
    "gift": "Gives",
    "ask": "Asks",
    "both": "Gives and asks",
    "neither": "Neither",
    "not_assessed": "Not assessed",
}
ASKED: Final = {
    "asked": "Asked for an answer",
    "not_asked": "Did not ask",
    "not_assessed": "Not assessed",
}
EARLIER_GIFTS: Final = {"0": "Ask, no gift", "1-2": "Ask, 1–2 gifts", "3+": "Ask, 3+ gifts"}
GIVES: Final = {"0": "No gift", "1-2": "1 or 2 gifts", "3+": "3 gifts or more"}
TONES: Final = {
    "positive": "Positive",
    "neutral": "Neutral",
    "negative": "Negative",
    "not_assessed": "Not assessed",
    "promotion": "Praise in a promotion",
}
FOLLOWS: Final = {
    "mutual": "Mutual",
    "only_mine": "Only you",
    "only_theirs": "Only they",
    "gone_mine": "You no longer",
    "gone_theirs": "They no longer",
}
OFF_RISK: Final = {
    "none_visible": "the export cannot show answers of this kind",
    "partial": "the export shows answers of this kind only in part",
    "outside_coverage": "the archives do not cover that time",
    "no_follow_up": "taken at the very end of the archive, so no time was left to see an answer",
    "wordless_class": "a step that is answered without words (counted under “any answer”)",
    "no_reply_links": "in a group chat whose export does not say what answers what",
}  # fmt: skip
STATUS: Final = {
    "complete": "read in full",
    "partial": "read in part",
    "failed": "could not be read",
    "unrecognised": "not recognised",
}
WHOSE: Final = {"mine": "Yours", "theirs": "Theirs", "nobody": "Nobody’s"}
CHANGES: Final = {
    "new interactions": ("new interaction", "new interactions"),
    "new contacts": ("new person", "new people"),
    "new answers": ("new answer", "new answers"),
    "new archives": ("new archive", "new archives"),
    "levels moved": ("change of level", "changes of level"),
}


def label(words: dict[str, str], value: object, length: int = 40) -> str:
    """Return the label of a code, or the value itself (an open file names its own platform), cut to `length`."""
    text = "" if value is None else str(value)
    return words.get(text) or formats.short(text, length) or formats.NOTHING


def change(what: str, number: int) -> str:
    """Describe one change of the last run: `3 new people`."""
    one, many = CHANGES.get(what, (what, what))
    return plural(number, formats.short(one, 40), formats.short(many, 40))


def share_with_interval(share: float, low: float, high: float, *, decimals: int = 0) -> str:
    """`42 % (40–44 %)`."""
    return f"{formats.percent(share, decimals=decimals)} ({formats.interval(low, high, decimals=decimals)})"


def k_of_n(answered: int, of: int) -> str:
    """`3 of 4`: never a per cent under 20 steps."""
    return f"{count(answered)} of {count(of)}"


def too_few(contacts: int, gestures: int) -> str:
    """Say which of the two minimums is missed: `Too few to say (7 people; 10 needed)`."""
    if contacts < NEEDED_CONTACTS:
        return f"Too few to say ({plural(contacts, 'person', 'people')}; {NEEDED_CONTACTS} needed)"
    if gestures < NEEDED_GESTURES:
        return f"Too few to say ({plural(gestures, 'step', 'steps')}; {NEEDED_GESTURES} needed)"
    return "Too recent to say"


def steps_to(gestures: int, contacts: int) -> str:
    """`4 477 steps to 954 people`."""
    return f"{plural(gestures, 'step', 'steps')} to {plural(contacts, 'person', 'people')}"


def no_difference(left: str, right: str, gestures: int) -> str:
    """`No clear difference between peers and newbies (n = 120)`."""
    return f"{NO_CLEAR_DIFFERENCE.format(left=left, right=right)} (n = {count(gestures)})"


def within(days: int) -> str:
    """`within 7 days`, `within a day`."""
    return "within a day" if days == 1 else f"within {days} days"


ROUGH: Final = "rough, as fewer than 8 in 10 of these labels were right on labelled test texts."
ASSOCIATION: Final = (
    "An association, not a cause: kinds of texts differ in whom they go to, and when. What goes together with an answer "
    "need not bring it about."
)
NO_TEXTS: Final = (
    "No texts of yours: none of your archives has any. Archives of X, Facebook, Instagram, LinkedIn or mail, or a blog’s "
    "export, hold what you wrote."
)
NO_FEEDBACK: Final = (
    "No feedback: none of your archives holds public texts by others. A blog’s export (WordPress, Disqus, Blogger) or an "
    "archive with mentions would."
)
NO_FOLLOWS: Final = (
    "No follows: none of your archives holds a list of followers or connections. Archives of X, Instagram, Facebook, "
    "LinkedIn or TikTok do."
)
HOW_SURE: Final = "How sure is this?"
NOT_VISIBLE: Final = "Cannot be seen here"
HOW_TO_READ: Final = "How to read"
SHOW_TABLE: Final = "Show as table"
BY_CONTACT: Final = (
    "Intervals are 95 % and computed by person, because several steps to one person are not independent."
)
OVERLAP: Final = "Where two intervals overlap, there is no clear difference."
HIDDEN_RULE: Final = f"A share needs {NEEDED_GESTURES} steps to {NEEDED_CONTACTS} people; below that it reads “3 of 4” or “too few to say”."
READING: Final = (
    "A step is one turn of one side towards the other. It is answered if the other side replied in words within the window: in the same thread, in the same channel, or by a direct reply.",
    "A step that the archives could not have shown an answer to is left out of every rate, never counted as unanswered.",
    BY_CONTACT,
    OVERLAP,
    HIDDEN_RULE,
    "“They answer you” is blue, with circles and solid lines; “you answer them” is orange, with squares and dashed lines. A short grey tick marks chance.",
    "The numbers of every chart are under it, and in the folder tables as CSV.",
)
EMPTY_HOME: Final = "No archives yet"
EMPTY_HOW: Final = (
    "Ask each platform for a copy of your data and put the downloaded files, unopened, into the folder exports of this home. "
    "Then run: dancecard run"
)
EMPTY_WANTED: Final = (
    ("X", "the zip from “Download an archive of your data”: mentions, replies, direct messages, likes given"),
    ("Facebook and Messenger", "“Download your information”, format JSON: messages, comments, reactions, friends"),
    ("Instagram and Threads", "“Download your information”, format JSON: messages, comments, likes, followers"),
    (
        "LinkedIn",
        "the complete archive from “Get a copy of your data”: messages, invitations, connections, endorsements",
    ),
    ("WordPress", "Tools → Export → All content (an .xml file): comments on your site and your answers"),
    ("Anything else", "a file NAME.interactions.csv, one line for each step of yours or theirs"),
)
