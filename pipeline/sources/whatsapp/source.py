"""WhatsApp as a source: the text files of exported chats, one or many in an archive."""

from collections.abc import Iterable, Sequence

from pipeline.containers.errors import MemberError
from pipeline.formats.decoding import decode
from pipeline.model.naming import normalise_name
from pipeline.model.survey import Account, Owner, ReadSettings, Survey
from pipeline.sources.base import Archive, Claim, Member, Reader, Source
from pipeline.sources.whatsapp.chat import ACCOUNT, ChatName, WhatsappFacts, look, name_in
from pipeline.sources.whatsapp.declaration import WHATSAPP
from pipeline.sources.whatsapp.grammar import head_of
from pipeline.sources.whatsapp.reading import count_chat, read_chat

_IOS_NAME = "_chat.txt"


def recognise(archive: Archive) -> Iterable[Claim]:
    """Claim text files whose first line begins as a record does; the usual name alone is enough to say that it isn't understood."""
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
    """Tell whether the first line that holds anything begins as a record does, and names somebody or says something."""
    text, _encoding = decode(member.head(8192))
    first = next((line for line in text.split("\n") if line.strip("\ufeff \r\t")), "")
    head = head_of(first)
    return head is not None and head.clock_s >= 0 and bool(head.rest.strip())


def survey(archive: Archive, claims: Sequence[Claim], settings: ReadSettings) -> Survey:
    """Find the chats' names in the files' names, and the owner's name in whichever chat tells it."""
    told = settings.owners.get("whatsapp", Owner())
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
        chat = look(text, stated.name, stated.language, told)
        if chat.owner:
            names.setdefault(normalise_name(chat.owner), chat.owner)
    shown = min(told.names or names.values(), default=None)
    owner = Owner(names=frozenset(names.values()))
    return Survey(Account(ACCOUNT, None, shown), owner, facts=WhatsappFacts(chats))


SOURCE = Source(
    name="whatsapp",
    version=1,
    platforms=(WHATSAPP,),
    recognise=recognise,
    readers={"chat": Reader(read_chat, count_chat)},
    survey=survey,
    facts=WhatsappFacts,
    members_apart=True,
)
