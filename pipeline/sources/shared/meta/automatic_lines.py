"""Classify the lines that Messenger and Instagram write into a conversation by themselves.

A line counts as automatic only when it is one of the fixed sentences or begins with the sender's name (or "You" in the
languages known); anything else is a person's message. Fields of the record (calls, unsent messages) are decided before.
"""

import re
from typing import Final, Literal, TypeAlias

LineKind: TypeAlias = Literal["", "system", "unsent", "attachment", "call", "mention", "story_reply", "reaction"]
"""Kind of an automatic line, empty for a person's own words. The last three are acts on a story, on Instagram only."""

_FIXED = re.compile(
    r"(?:Reacted .{1,24} to your message\s*|Liked a message\s*|You are now connected on Messenger\.?.*"
    r"|Say hi to your new Facebook friend.*|You can now (?:message and )?call each other.*|Th(?:e|is) poll is no longer available\.?"
    r"|Say hi to .{1,200} with a wave\.?|(?:The |The audio |The video |The voice |Audio |Video |Voice )(?:call|chat) ended\.?"
    r"|You[’']ve joined .*|This (?:chat|group) .* end-to-end encrypt.*|Messages and calls are (?:now )?secured with end-to-end encryption.*"
    r"|Hat mit .{1,24} auf deine Nachricht reagiert\s*|Gefällt eine Nachricht\s*|A réagi .{1,24} à votre message\s*"
    r"|Reaccionó con .{1,24} a tu mensaje\s*|Ha reagito con .{1,24} al tuo messaggio\s*|Heeft met .{1,24} op je bericht gereageerd\s*)",
    re.DOTALL,
)
_TAILS: Final[tuple[tuple[LineKind, re.Pattern[str]], ...]] = (
    ("unsent", re.compile(
        r"(?:unsent a message|hat eine Nachricht (?:zurückgenommen|gelöscht)|a annulé l[’']envoi d[’']un message"
        r"|anuló el envío de un mensaje|ha annullato l[’']invio di un messaggio|heeft een bericht ongedaan gemaakt)\.?\s*")),
    ("attachment", re.compile(
        r"(?:sent an attachment|(?:hat|hast) einen Anhang gesendet|avez? envoyé une pièce jointe|a envoyé une pièce jointe"
        r"|envi(?:ó|aste) un archivo adjunto|(?:ha|hai) inviato un allegato|(?:heeft|hebt) een bijlage (?:verzonden|gestuurd))\.?\s*")),
    ("call", re.compile(
        r"(?:(?:started|missed|joined) (?:a|an|your|the) (?:audio |video |voice |group )*(?:call|chat)(?: from .*| with .*)?|called (?:you|[^\W\da-zß-ÿ]\S*(?: \S+){0,3})"
        r"|missed (?:a )?(?:video |audio )?(?:call|chat) from .*"
        r"|hat (?:einen Videochat|einen Anruf|einen Audioanruf) gestartet|a démarré (?:un appel|une discussion) vidéo"
        r"|inició (?:un chat de video|una videollamada)|ha avviato (?:una videochiamata|una chat video)"
        r"|heeft een (?:videochat|videogesprek|oproep) gestart)\.?\s*")),
    ("system", re.compile(
        r"(?:named the group .*|removed the group name.*|(?:set|cleared|changed) (?:the|your|his|her|their) (?:own )?nickname.*"
        r"|changed the (?:chat )?(?:theme|colou?rs?|emoji).*|set the (?:quick reaction|emoji) to .*|changed the group (?:photo|name|picture).*"
        r"|added .{1,200} to (?:the|this) (?:group|chat)|removed .{1,200} from the (?:group|chat)|left the (?:group|chat)"
        r"|joined the (?:group|chat).*|created (?:the|this) group|created a (?:poll|plan).*|voted for .*|removed (?:his|her|their|your) vote.*"
        r"|changed (?:his|her|their|your) vote.*|waved at .*|(?:un)?pinned a message|turned (?:on|off) (?:member|disappearing|vanish).*"
        r"|made .{1,200} (?:an|a group) admin.*|updated the plan.*|started sharing (?:a |his |her |their )?(?:live )?location.*"
        r"|hat .{1,200} zur Gruppe hinzugefügt|hat die Gruppe verlassen|hat die Gruppe .{1,200} genannt|hat dir zugewunken"
        r"|a ajouté .{1,200} au groupe|a quitté le groupe|a nommé le groupe .*|vous a fait signe"
        r"|agregó a .{1,200} al grupo|(?:abandonó|salió de) el grupo|.{0,4}llamó al grupo .*|te saludó"
        r"|ha aggiunto .{1,200} al gruppo|ha (?:abbandonato|lasciato) il gruppo|ha chiamato il gruppo .*|ti ha salutato"
        r"|heeft .{1,200} toegevoegd aan de groep|heeft de groep verlaten|heeft de groep .{1,200} genoemd|heeft naar je gezwaaid)\.?[!\s]*",
        re.DOTALL)),
)  # fmt: skip
_STORY_TAILS: Final[tuple[tuple[LineKind, re.Pattern[str]], ...]] = (
    ("mention", re.compile(
        r"(?:mentioned (?:you|.{1,80}) in (?:their|your|his|her) story|hat dich in (?:der eigenen|seiner|ihrer) Story erwähnt"
        r"|vous a mentionn(?:é|ée|é\(e\)) dans sa story|te mencionó en su historia|ti ha menzionato nella sua storia"
        r"|heeft je (?:vermeld|genoemd) in (?:zijn|haar|hun) verhaal)\.?\s*")),
    ("story_reply", re.compile(
        r"(?:replied to (?:your|their|his|her|.{1,80}[’']s) story|hat auf deine Story geantwortet|a répondu à votre story"
        r"|respondió a tu historia|ha risposto alla tua storia|heeft (?:op je verhaal geantwoord|je verhaal beantwoord))\.?\s*")),
    ("reaction", re.compile(
        r"(?:reacted (?:.{1,24} )?to (?:your|their|his|her) story|hat (?:mit .{1,24} )?auf deine Story reagiert|a réagi (?:.{1,24} )?à votre story"
        r"|reaccionó (?:con .{1,24} )?a tu historia|ha reagito (?:con .{1,24} )?alla tua storia|heeft (?:met .{1,24} )?op je verhaal gereageerd)\.?\s*")),
)  # fmt: skip
_STORY_WITHOUT_NAME = re.compile(
    r"Re(?:acted|plied|spondió|aktion).{0,30}story\s*|Reacted .{1,24} to your story\s*"
    r"|Mentioned (?:you in their|.{1,80} in your) story\s*",
    re.IGNORECASE,
)
_OWNERS_CALL_MISSED: Final = re.compile(r".{1,200} missed your (?:audio |video |voice )?(?:call|chat)\.?\s*")
_OTHERS_CALL_MISSED: Final = re.compile(r"You missed an? (?:audio |video |voice )?(?:call|chat) (?:from|with) .{1,200}")
_YOU: Final = ("You ", "Du ", "Vous ", "Tu ", "Je ", "Jij ", "Hai ")
_LONGEST: Final = 400


def openings(name: str) -> tuple[str, ...]:
    """Return the beginnings of automatic lines about a sender: the full name, its first word, "You" in several languages."""
    first = name.split(" ", 1)[0]
    return tuple(dict.fromkeys((*((f"{name} ", f"{first} ") if name else ()), *_YOU)))


def missed_call_by(content: str) -> Literal["", "owner", "other"]:
    """Return who made the call that a line reports as missed; empty for other lines.

    Format fact: the line is worded from the owner's side, whoever it is filed under.

    >>> missed_call_by("Ana missed your call."), missed_call_by("You missed a call from Ana.")
    ('owner', 'other')
    """
    if _OWNERS_CALL_MISSED.fullmatch(content):
        return "owner"
    return "other" if _OTHERS_CALL_MISSED.fullmatch(content) else ""


def classify_line(content: str, beginnings: tuple[str, ...], *, has_stories: bool = False) -> LineKind:
    """Return the kind of a line.

    Args:
        content: the message's text, repaired.
        beginnings: `openings` of its sender.
        has_stories: whether the platform has lines about stories.
    """
    if len(content) > _LONGEST:
        return ""
    if has_stories and _STORY_WITHOUT_NAME.fullmatch(content):
        verb = content[:9].casefold()
        return "mention" if verb == "mentioned" else "story_reply" if verb.startswith("replied") else "reaction"
    if _FIXED.fullmatch(content):
        return "system"
    if not content.startswith(beginnings):
        return ""
    for beginning in beginnings:
        if content.startswith(beginning):
            tail = content[len(beginning) :]
            for kind, pattern in (*_TAILS, *_STORY_TAILS) if has_stories else _TAILS:
                if pattern.fullmatch(tail):
                    return kind
    return ""
