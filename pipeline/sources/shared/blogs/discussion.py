"""Comments under the owner's own posts: to whom each is addressed (Disqus and Blogger tell the same story)."""

from typing import NamedTuple

from pipeline.model.records import Interaction, Parsed, Person, Skipped, Stored, Unattributed


class Voice(NamedTuple):
    """Who wrote a comment: the owner, a person, or (neither) somebody anonymous."""

    is_owner: bool
    person: Person | None


class Said(NamedTuple):
    """A comment, whoever wrote it."""

    pointer: str
    native_id: str
    at: int
    thread: str | None
    parent_id: str | None
    """The comment that it answers, None for one on the post itself."""
    text: str | None
    url: str | None
    account: str | None = None
    """The owner's site, when it isn't the archive's first one."""


def read(said: Said, voice: Voice, parent: Voice | None) -> Parsed:
    """Turn a comment on the owner's post into rows.

    Args:
        said: the comment.
        voice: who wrote it.
        parent: who wrote the comment that it answers; None when it answers none, or one that the export doesn't hold. The
            latter leaves a reader's comment on the owner's post (its link is kept and counted as dangling).
    """
    if voice.is_owner:
        if parent and parent.is_owner:
            return Skipped(said.pointer, "self_event")
        if parent and parent.person:
            return Stored(said.pointer, (parent.person, _act(said, parent.person, outbound=True, kind="reply")))
        return _nobody(said, outbound=True, kind="reply" if said.parent_id else "comment")
    if parent and not parent.is_owner:
        return Skipped(said.pointer, "between_others")
    kind = "reply" if parent else "comment"
    if voice.person is None:
        return _nobody(said, outbound=False, kind=kind)
    return Stored(said.pointer, (voice.person, _act(said, voice.person, outbound=False, kind=kind)))


def _act(said: Said, who: Person, *, outbound: bool, kind: str) -> Interaction:
    return Interaction(
        who.native_id, "outbound" if outbound else "inbound", kind, said.at, native_id=said.native_id, thread=said.thread,
        reply_to=said.parent_id, text=said.text, url=said.url, account=said.account,
    )  # fmt: skip


def _nobody(said: Said, *, outbound: bool, kind: str) -> Stored:
    direction = "outbound" if outbound else "inbound"
    row = Unattributed(kind, direction, said.at, said.text, said.url, said.native_id, said.thread, account=said.account)  # type: ignore[arg-type]  # one of two words
    return Stored(said.pointer, (row,))
