"""WhatsApp as a source: the text files of exported chats, one or many in an archive."""

from collections.abc import Iterable, Sequence

from pipeline.containers.errors import MemberError
from pipeline.formats.decoding import decode
from pipeline.model.naming import normalise_name
from pipeline.model.survey import Account, Owner, ReadSettings, Survey
from pipeline.sources.base import Archive, Claim, Member, Reader, Source
from pipeline.sources.whatsapp.chat import ACCOUNT, ChatName, WhatsappFacts, name_in, parse_chat
from pipeline.sources.whatsapp.declaration import WHATSAPP
from pipeline.sources.whatsapp.forms import head_of
from pipeline.sources.whatsapp.reading import count_chat, read_chat

_IOS_NAME = "_chat.txt"


def recognise(archive: Archive) -> Iterable[Claim]:
    """Claim text files that begin with a record. A file with a usual name is claimed in any case, so that an unknown layout is reported."""
    for member in archive.members:
        name = member.name.rpartition("/")[2]
        if not name.lower().endswith(".txt"):
            continue
        usual = name.lower().endswith(_IOS_NAME) or bool(name_in(name)[0])
        heads = _heads(member)
        if heads and usual:
            yield Claim(member.name, "chat", 1.0)
        elif heads:
            yield Claim(member.name, "chat", 0.7)
        elif usual and member.size:
            yield Claim(member.name, "chat", 0.6)


def _heads(member: Member) -> bool:
    """Return whether the first line with content is a record with a time, and with text behind it."""
    text, _encoding = decode(member.head(8192))
    first = next((line for line in text.split("\n") if line.strip("\ufeff \r\t")), "")
    head = head_of(first)
    return head is not None and head.clock_s >= 0 and bool(head.rest.strip())


def survey(archive: Archive, claims: Sequence[Claim], settings: ReadSettings) -> Survey:
    """Return the chats by their files' names, and the owner as any of the chats shows them."""
    named = settings.owners.get("whatsapp", Owner())
    wanted = {claim.member for claim in claims}
    chats: dict[str, ChatName] = {}
    names: dict[str, str] = {}
    for member in archive.members:
        if member.name not in wanted:
            continue
        stated = name_in(member.name)
        if not stated.name and len(wanted) == 1:
            stated = name_in(archive.file_name)
        chats[member.name] = stated
        try:
            text, _encoding = decode(member.read())
        except MemberError:
            continue
        chat = parse_chat(text, stated.name, stated.language, named)
        if chat.owner:
            names.setdefault(normalise_name(chat.owner), chat.owner)
    shown = min(named.names or names.values(), default=None)
    owner = Owner(names=frozenset(names.values()))
    return Survey(Account(ACCOUNT, None, shown), owner, facts=WhatsappFacts(chats))


SOURCE = Source(
    name="whatsapp",
    version=2,
    platforms=(WHATSAPP,),
    recognise=recognise,
    readers={"chat": Reader(read_chat, count_chat)},
    survey=survey,
    facts=WhatsappFacts,
    members_apart=True,
)
