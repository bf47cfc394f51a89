"""Comments below the owner's own posts, as Disqus and Blogger export them: who answered whom."""

from dataclasses import dataclass

from pipeline.model.codes import Direction
from pipeline.model.records import Interaction, Parsed, Person, Skipped, Stored, Unattributed


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a comment: the owner, a person, or an anonymous guest (neither)."""

    is_owner: bool
    person: Person | None


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment by anyone."""

    pointer: str
    native_id: str
    at: int
    """Microseconds, UTC."""
    thread: str | None
    parent_id: str | None
    """Id of the comment that it answers; None for a comment on the post itself."""
    text: str | None
    url: str | None
    account: str | None = None
    """The owner's site, if it isn't the first one of the archive."""


def comment_rows(comment: Comment, author: Author, parent: Author | None) -> Parsed:
    """Return the rows of a comment on the owner's post, or the rule by which it is left out.

    Args:
        comment: the comment.
        author: its author.
        parent: author of the comment that it answers; None if it answers none, or one that the export does not contain. In the
            latter case a reader's comment counts as one on the owner's post, and its link is kept.
    """
    if author.is_owner:
        if parent and parent.is_owner:
            return Skipped(comment.pointer, "self_event")
        if parent and parent.person:
            return _stored(comment, parent.person, "outbound", "reply")
        return _unattributed(comment, "outbound", "reply" if comment.parent_id else "comment")
    if parent and not parent.is_owner:
        return Skipped(comment.pointer, "between_others")
    kind = "reply" if parent else "comment"
    if author.person is None:
        return _unattributed(comment, "inbound", kind)
    return _stored(comment, author.person, "inbound", kind)


def _stored(comment: Comment, person: Person, direction: Direction, kind: str) -> Stored:
    act = Interaction(
        person.native_id, direction, kind, comment.at, native_id=comment.native_id, thread=comment.thread,
        reply_to=comment.parent_id, text=comment.text, url=comment.url, account=comment.account,
    )  # fmt: skip
    return Stored(comment.pointer, (person, act))


def _unattributed(comment: Comment, direction: Direction, kind: str) -> Stored:
    row = Unattributed(
        kind, direction, comment.at, comment.text, url=comment.url, native_id=comment.native_id, thread=comment.thread,
        account=comment.account,
    )  # fmt: skip
    return Stored(comment.pointer, (row,))
