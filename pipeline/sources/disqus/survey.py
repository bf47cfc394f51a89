"""Survey of a Disqus export: the forum, the addresses of its threads, and the owner."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.containers.errors import MemberError
from pipeline.formats import xml_elements
from pipeline.model.naming import name_id, normalise_email
from pipeline.model.records import Person
from pipeline.model.survey import Account, Owner, ReadSettings, SourceFacts, Survey
from pipeline.sources.base import Archive, Claim, Member
from pipeline.sources.shared.export_files.dates import day_in_name
from pipeline.sources.shared.xml_exports import blocks


@dataclass(frozen=True, slots=True)
class DisqusFacts(SourceFacts):
    """What comments need of the threads that they are in."""

    threads: Mapping[str, str] = field(default_factory=dict)
    """Thread id -> address of its page."""


def person(author: blocks.Node) -> Person | None:
    """Return the person of an `author` element; None for an anonymous guest without e-mail address."""
    username, name, email = author.text("username"), author.text("name"), normalise_email(author.text("email"))
    anonymous = author.text("isAnonymous").lower() == "true"
    if username and not anonymous:
        return Person(username, username, name or None, f"https://disqus.com/by/{username}/", email=email or None)
    if "@" in email:
        return Person(email, None, name or None, None, email=email)
    if name and not anonymous:
        return Person(name_id(name), None, name)
    return None


def is_owner(author: blocks.Node, owner: Owner) -> bool:
    """Return whether an `author` element is the owner: by username or e-mail address, else by the name of a registered user."""
    username, email = author.text("username"), normalise_email(author.text("email"))
    handles = {handle.lower() for handle in owner.handles}
    if (username and username.lower() in handles) or (email and email in owner.emails):
        return True
    anonymous = author.text("isAnonymous").lower() == "true"
    return not handles and not anonymous and author.text("name") in owner.names


def survey(archive: Archive, claims: Sequence[Claim], settings: ReadSettings) -> Survey:
    """Return forum, owner, export date and threads of an archive; a broken member is passed over."""
    claimed = {claim.member for claim in claims}
    forums: set[str] = set()
    writers: set[str] = set()
    notes: list[str] = []
    threads: dict[str, str] = {}
    for member in archive.members:
        if member.name in claimed:
            try:
                for thread in _threads(member):
                    threads[thread.attribute("id")] = thread.text("link")
                    forums.update({thread.text("forum")} - {""})
                    writers.update({author.text("username") for author in thread.all("author")} - {""})
                if (bad := blocks.fault(member)) is not None:
                    notes.append(f"{member.name} is {bad.reason}: the rest was read tolerantly")
            except (xml_elements.BadXml, MemberError):
                continue
    owner, note = _owner(writers, settings.owners.get("disqus", Owner()))
    days = [day for name in (archive.file_name, *claimed) if (day := day_in_name(name)) is not None]
    handles = settings.owners.get("disqus", Owner()).handles or owner.handles
    return Survey(
        account=Account(min(forums), min(handles, default=None), min(forums)) if forums else None,
        owner=owner,
        exported_at=max(days, default=None),
        notes=[*notes, note],
        facts=DisqusFacts(threads),
    )


def _owner(writers: set[str], named: Owner) -> tuple[Owner, str]:
    """Return the owner as the threads show them, and the sentence for `coverage.reason`."""
    if named.handles or named.emails or named.names or named.ids:
        return Owner(), "owner: named in the settings"
    if len(writers) == 1:
        return Owner(handles=frozenset(writers)), f"owner: {min(writers)}, who opened all threads"
    return Owner(), (
        "the owner is not known: name the Disqus username in [owner.disqus], or the owner's replies count as readers' comments"
    )


def _threads(member: Member) -> Iterator[blocks.Node]:
    """Yield the threads themselves; the `thread` element inside a post is only a reference."""
    for block in blocks.read_blocks(member, "thread"):
        if block.node and block.node.attribute("id") and block.node.text("link"):
            yield block.node
