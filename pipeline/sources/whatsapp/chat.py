"""Take a whole chat apart before its records are read: senders, owner, group or not, language."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.model.naming import normalise_name
from pipeline.model.survey import Owner, SourceFacts
from pipeline.sources.whatsapp import phrases
from pipeline.sources.whatsapp.grammar import Line, lines_of
from pipeline.sources.whatsapp.senders import sender_name, split_names
from pipeline.sources.whatsapp.texts import (
    Content,
    content_of,
    is_done_by_me,
    is_group_line,
    is_notice,
    is_system,
    plain,
)

_COPY = re.compile(r"\s*\(\d+\)\Z")
_LETTERS = re.compile(r"[\W_]+")
_ENDINGS = (".txt", ".zip")
ACCOUNT = "owner"
"""native_id of the owner's account: no export names it."""


class ChatName(NamedTuple):
    """Name and language of a chat, taken from the name of its file; empty if the name has another form."""

    name: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class WhatsappFacts(SourceFacts):
    """Chats of an archive, by the names of its files."""

    chats: Mapping[str, ChatName] = field(default_factory=dict)
    """Member -> name and language of its chat."""


@dataclass(slots=True)
class Message:
    """A record taken apart: its sender (empty for a system line) and its content."""

    line: Line
    name: str
    content: Content


@dataclass(slots=True)
class Chat:
    """A chat as a whole."""

    name: str = ""
    """Name of the other person or of the group, from the file's name or the system lines; empty if unknown."""
    language: str = ""
    group: bool = False

    messages: list[Message] = field(default_factory=list)
    senders: tuple[str, ...] = ()
    owner: str = ""
    """The owner's name in this file; empty if the owner wrote nothing or isn't known."""
    owner_known: bool = False

    @property
    def partner(self) -> str:
        """Name of the other person of a one-to-one chat; empty for a group."""
        others = [name for name in self.senders if normalise_name(name) != normalise_name(self.owner)]
        return "" if self.group else others[0] if others else self.name


def name_in(path: str) -> ChatName:
    """Return name and language of a chat from an export's usual file or folder name; empty if it isn't one."""
    for part in reversed(re.split(r"[/!]", path)):
        base = part
        for ending in _ENDINGS:
            base = base.removesuffix(ending)
        base = _COPY.sub("", plain(base))
        for language, pattern in phrases.chat_names().items():
            if found := pattern.fullmatch(base):
                name = next(filter(None, found.groups()))
                return ChatName(name.strip(), "" if language == phrases.ANY_LANGUAGE else language)
    return ChatName()


def _loose(name: str) -> str:
    """Return the letters and digits of a name only, because file systems and phones change the rest."""
    return _LETTERS.sub("", normalise_name(name))


def parse_chat(text: str, name: str, language: str, owner: Owner) -> Chat:
    """Return the chat of a file.

    Args:
        text: the whole file.
        name: of the chat, from the name of its file; empty if unknown.
        language: of the file's name; empty if unknown.
        owner: the owner's names, from the settings and from other chats.
    """
    lines = list(lines_of(text))
    chat = Chat(name, language)
    mine = {normalise_name(each) for each in owner.names | owner.handles | (owner.ids - {ACCOUNT})} - {""}
    pairs = split_names([line.head.rest for line in lines], [name, *sorted(owner.names)])
    languages: Counter[str] = Counter()
    names: dict[str, str] = {}
    titles: Counter[str] = Counter()
    deleted_by: set[str] = set()
    done_by: set[str] = set()
    for line, pair in zip(lines, pairs, strict=True):
        if pair is None:
            known = is_system(line.head.rest)
            content = content_of(line.head.rest, line.more, marked=True, ios=False)
            if content.kind != "call":
                content = Content("system", language=known)
            chat.group |= is_group_line(line.head.rest)
            chat.messages.append(Message(line, "", content))
        else:
            who = sender_name(pair[0])
            content = content_of(pair[1], line.more, marked=line.head.marked, ios=line.head.ios)
            if not chat.messages and is_notice(pair[1]):  # older exports give it the chat's name as sender, and no mark
                content = Content("system", language=is_system(pair[1]))
            if content.kind == "system":
                chat.group |= is_group_line(pair[1])
                titles[who] += 1
                if line.head.ios and is_done_by_me(pair[1]):
                    done_by.add(who)
            else:
                names.setdefault(normalise_name(who), who)
            if content.kind == "deleted_by_me":
                deleted_by.add(who)
            chat.messages.append(Message(line, who, content))
        if content.language and line.head.places is None:
            languages[content.language] += 1
    chat.senders = tuple(names[key] for key in sorted(names))
    chat.name = chat.name or _title(titles, chat.senders, mine)
    chat.language = min(languages, key=lambda each: (-languages[each], each)) if languages else chat.language
    chat.group |= len(chat.senders) > 2
    _find_owner(chat, mine, deleted_by, {who for who in done_by if _loose(who) != _loose(chat.name)})
    return chat


def _title(titles: Counter[str], senders: Sequence[str], mine: set[str]) -> str:
    """Return the sender of iOS system lines, which is the group or the other person, never the owner."""
    groups = [name for name in titles if name not in senders] or [
        name for name in titles if normalise_name(name) not in mine
    ]
    return min(groups, key=lambda name: (-titles[name], name)) if groups else ""


def _find_owner(chat: Chat, mine: set[str], deleted_by: set[str], done_by: set[str]) -> None:
    """Set the chat's owner: by a known name; by an act that a line reports of "you"; in a one-to-one chat, as the sender after whom it isn't named."""
    known = [name for name in chat.senders if normalise_name(name) in mine]
    if len(known) != 1:
        known = [name for name in chat.senders if name in deleted_by]
    if len(known) != 1:
        known = [name for name in chat.senders if name in done_by]
    if len(known) == 1:
        chat.owner, chat.owner_known = known[0], True
        return
    titled = [name for name in chat.senders if chat.name and _loose(name) == _loose(chat.name)]
    if not chat.group and titled:
        others = [name for name in chat.senders if name not in titled]
        chat.owner, chat.owner_known = (others[0] if len(others) == 1 else ""), True
    elif not chat.group and chat.name and len(chat.senders) == 1:
        chat.owner, chat.owner_known = chat.senders[0], True
    elif mine and (chat.group or len(chat.senders) == 1):
        chat.owner_known = True  # named elsewhere, and silent in this chat
