"""First look over a Disqus export: the forum, its threads, who wrote which comment, who is the owner."""

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
    """Return who wrote it; None for anonymous ones without username and e-mail."""
    username, name, email = author.text("username"), author.text("name"), normalise_email(author.text("email"))
    anonymous = author.text("isAnonymous").lower() == "true"
    if username and not anonymous:
        return Person(username, username, name or None, f"https://disqus.com/by/{username}/", email or None)
    if "@" in email:
        return Person(email, None, name or None, None, email)
    if name and not anonymous:
        return Person(name_id(name), None, name)
    return None


def is_owner(author: blocks.Node, owner: Owner) -> bool:
    """Tell whether the owner wrote it: by username, e-mail, or, for a known account, by name."""
    username, email = author.text("username"), normalise_email(author.text("email"))
    handles = {handle.lower() for handle in owner.handles}
    if (username and username.lower() in handles) or (email and email in owner.emails):
        return True
    anonymous = author.text("isAnonymous").lower() == "true"
    return not handles and not anonymous and author.text("name") in owner.names


def look(archive: Archive, claims: Sequence[Claim], settings: ReadSettings) -> Survey:
    """Survey an archive; a broken member is passed over."""
    claimed = {claim.member for claim in claims}
    forums: set[str] = set()
    writers: set[str] = set()
    survey = Survey()
    threads: dict[str, str] = {}
    for member in archive.members:
        if member.name in claimed:
            try:
                for thread in _threads(member):
                    threads[thread.attribute("id")] = thread.text("link")
                    forums.update({thread.text("forum")} - {""})
                    writers.update(each.text("username") for each in thread.all("author"))
                if (bad := blocks.fault(member)) is not None:
                    survey.notes.append(f"{member.name} is {bad.reason}: the rest was read tolerantly")
            except (xml_elements.BadXml, MemberError):
                continue
    survey.facts = DisqusFacts(threads)
    named = settings.owners.get("disqus", Owner())
    writers.discard("")
    if named.handles or named.emails or named.names or named.ids:
        survey.notes.append("owner: named in the settings")
    elif len(writers) == 1:
        survey.owner = Owner(handles=frozenset(writers))
        survey.notes.append(f"owner: {min(writers)}, who opened all threads")
    else:
        survey.notes.append(
            "the owner is not known: name the Disqus username in [owner.disqus], or the owner's replies count as readers' comments"
        )
    days = [day for name in (archive.file_name, *claimed) if (day := day_in_name(name)) is not None]
    survey.exported_at = max(days, default=None)
    if forums:
        handles = named.handles or survey.owner.handles
        survey.account = Account(min(forums), min(handles, default=None), min(forums))
    return survey


def _threads(member: Member) -> Iterator[blocks.Node]:
    """Yield the threads that stand in their own right (a post's `thread` only points to one)."""
    for block in blocks.read_blocks(member, "thread"):
        if block.node and block.node.attribute("id") and block.node.text("link"):
            yield block.node
