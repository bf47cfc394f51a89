"""Classify the lines that Messenger and Instagram write into a conversation by themselves.

A line counts as automatic only when it is one of the fixed sentences or begins with the sender's name (or "You" in the
languages known); anything else is a person's message. Fields of the record (calls, unsent messages) are decided before.
"""

import re
from typing import Final, Literal, TypeAlias

LineKind: TypeAlias = Literal["", "system", "unsent", "attachment", "call", "mention", "story_reply", "reaction"]
"""Kind of an automatic line, empty for a person's own words. The last three are acts on a story, on Instagram only."""

_FIXED_LINES: Final = (
    r"Reacted .{1,24} to your message\s*", r"Liked a message\s*", r"You are now connected on Messenger\.?.*",
    r"Say hi to your new Facebook friend.*", r"You can now (?:message and )?call each other.*",
    r"The poll is no longer available\.?", r"This poll is no longer available\.?", r"Say hi to .{1,200} with a wave\.?",
    r"Nombraste al grupo.*", r"Llamaste al grupo.*", r"Cambiaste (?:la foto|el nombre) del grupo.*", r"Saliste del grupo.*",
    r"Abandonaste el grupo.*", r"Creaste el grupo.*", r"Agregaste a .{1,200} al grupo\.?", r"Eliminaste a .{1,200} del grupo\.?",
    r"Cambiaste (?:el tema|los colores|el color|el emoji|tu apodo|el apodo) .*", r"Fijaste un mensaje\.?",
    r"You[’']ve joined .*", r"This (?:chat|group) .* end-to-end encrypt.*",
    r"Messages and calls are (?:now )?secured with end-to-end encryption.*",
    r"Hat mit .{1,24} auf deine Nachricht reagiert\s*", r"Gefällt eine Nachricht\s*", r"A réagi .{1,24} à votre message\s*",
    r"Reaccionó con .{1,24} a tu mensaje\s*", r"Ha reagito con .{1,24} al tuo messaggio\s*",
    r"Heeft met .{1,24} op je bericht gereageerd\s*",
)  # fmt: skip
"""Patterns of whole lines; each begins with three letters as they are, by which most messages are ruled out."""
_FIXED: Final = re.compile("|".join(_FIXED_LINES), re.DOTALL)
_FIXED_STARTS: Final = frozenset(line[:3] for line in _FIXED_LINES)
_TAILS: Final[tuple[tuple[LineKind, re.Pattern[str]], ...]] = (
    ("unsent", re.compile(
        r"(?:unsent a message|hat eine Nachricht (?:zurückgenommen|gelöscht)|a annulé l[’']envoi d[’']un message"
        r"|anuló el envío de un mensaje|ha annullato l[’']invio di un messaggio|heeft een bericht ongedaan gemaakt)\.?\s*")),
    ("attachment", re.compile(
        r"(?:sent an attachment|(?:hat|hast) einen Anhang gesendet|avez? envoyé une pièce jointe|a envoyé une pièce jointe"
        r"|envi(?:ó|aste) un archivo adjunto|(?:ha|hai) inviato un allegato|(?:heeft|hebt) een bijlage (?:verzonden|gestuurd))\.?\s*")),
    ("call", re.compile(
        r"(?:(?:started|missed) (?:a|an|your|the) (?:audio |video |voice |group )*(?:call|chat)(?: from .*| with .*)?|called (?:you|[^\W\da-zß-ÿ]\S*(?: \S+){0,3})"
        r"|missed (?:a )?(?:video |audio )?(?:call|chat) from .*"
        r"|(?:hat|hast) (?:einen (?:Videochat|Anruf|Audioanruf|Videoanruf|Sprachanruf|Gruppenanruf)) (?:gestartet|begonnen)|hat dich angerufen"
        r"|(?:a|avez) (?:démarré|lancé|commencé) (?:un appel(?: vidéo| audio| vocal)?|une discussion (?:vidéo|audio))|vous a appelé(?:e|\(e\))?"
        r"|inició (?:un chat de video|un videochat|una videollamada|una llamada(?: de (?:voz|audio|video))?)|te llamó"
        r"|(?:ha )?(?:avviato|iniziato) (?:una videochiamata|una chiamata(?: vocale| audio)?|una chat (?:video|audio))|ti ha chiamat[oa]"
        r"|(?:heeft|hebt) een (?:videochat|videogesprek|oproep|spraakoproep|audiogesprek|gesprek) gestart|heeft je gebeld"
        r"|iniciou (?:um bate-papo por vídeo|uma (?:chamada|ligação|videochamada)(?: de (?:voz|vídeo))?)|ligou para você)\.?\s*")),
    ("system", re.compile(
        r"(?:joined (?:a|an|your|the) (?:audio |video |voice |group )*(?:call|chat).*|(?:ist|bist) (?:dem|einem) (?:Video|Audio|Sprach|Gruppen)?(?:chat|anruf) beigetreten"
        r"|(?:hat|hast) am (?:Video|Audio)?(?:chat|anruf) teilgenommen|(?:a|avez) rejoint (?:l[’']appel|la discussion|l[’']appel de groupe).*"
        r"|se unió (?:al (?:chat de video|videochat)|a la (?:videollamada|llamada)).*|si è unit[oa] (?:alla|a una) (?:videochiamata|chiamata|chat (?:video|audio)).*"
        r"|(?:neemt|nam) deel aan (?:de|het|een) (?:videochat|videogesprek|oproep|gesprek)|heeft deelgenomen aan (?:de|het) (?:videochat|videogesprek|oproep|gesprek)"
        r"|entrou n(?:o bate-papo por vídeo|a (?:chamada|ligação|videochamada)).*"
        r"|named the group .*|removed the group name.*|(?:set|cleared|changed) (?:the|your|his|her|their) (?:own )?nickname.*"
        r"|changed the (?:chat )?(?:theme|colou?rs?|emoji).*|set the (?:quick reaction|emoji) to .*|changed the group (?:photo|name|picture).*"
        r"|added .{1,200} to (?:the|this) (?:group|chat)|removed .{1,200} from the (?:group|chat)|left the (?:group|chat)"
        r"|joined the (?:group|chat).*|created (?:the|this) group|created a (?:poll|plan).*|voted for .*|removed (?:his|her|their|your) vote.*"
        r"|changed (?:his|her|their|your) vote.*|waved at .*|(?:un)?pinned a message|turned (?:on|off) (?:member|disappearing|vanish).*"
        r"|made .{1,200} (?:an|a group) admin.*|updated the plan.*|started sharing (?:a |his |her |their )?(?:live )?location.*"
        r"|added .{1,200}|created the group .*|changed the group settings.*|(?:hat|hast) .{1,200} (?:zur Gruppe hinzugefügt|aus der Gruppe entfernt)|(?:hat|hast) die Gruppe (?:verlassen|erstellt)"
        r"|(?:hat|hast) die Gruppe .{1,200} genannt|(?:hat|hast) das Gruppen(?:bild|foto) geändert|(?:hat|hast) (?:den Spitznamen|den eigenen Spitznamen|deinen Spitznamen|seinen Spitznamen|ihren Spitznamen).*"
        r"|(?:hat|hast) (?:das Design|das Thema|das Chatdesign|die Farbe|die Farben|den Emoji|das Emoji).{0,80} (?:geändert|festgelegt).*|(?:hat|hast) eine (?:Umfrage|Veranstaltung) erstellt.*|(?:hat|hast) eine Nachricht (?:angepinnt|fixiert)|hat dir zugewunken"
        r"|(?:a|avez) ajouté .{1,200} au groupe|(?:a|avez) (?:retiré|supprimé) .{1,200} du groupe|(?:a|avez) quitté le groupe|(?:a|avez) créé (?:le|un) groupe.*|(?:a|avez) nommé le groupe .*"
        r"|(?:a|avez) (?:modifié|changé) (?:la photo|le nom) du groupe.*|(?:a|avez) (?:modifié|changé|défini) (?:le thème|les couleurs|l[’']emoji|le pseudo|son pseudo|votre pseudo).*|(?:a|avez) créé un sondage.*|(?:a|avez) épinglé un message|vous a fait signe"
        r"|agregó a .{1,200} al grupo|añadió a .{1,200} al grupo|eliminó a .{1,200} del grupo|(?:abandonó|salió de) el grupo|salió del grupo|creó (?:el|este) grupo|.{0,4}(?:llamó|nombró) al grupo .*"
        r"|cambió (?:la foto|el nombre) del grupo.*|cambió (?:el tema|los colores|el color|el emoji|tu apodo|su apodo|el apodo).*|creó una encuesta.*|fijó un mensaje|te saludó"
        r"|(?:ha )?aggiunto .{1,200} al gruppo|(?:ha )?rimosso .{1,200} dal gruppo|(?:ha )?(?:abbandonato|lasciato) il gruppo|(?:ha )?creato il gruppo.*|(?:ha )?(?:chiamato|denominato) il gruppo .*"
        r"|(?:ha )?(?:cambiato|modificato) (?:la foto|il nome) del gruppo.*|(?:ha )?(?:cambiato|modificato|impostato) (?:il tema|i colori|il colore|l[’']emoji|il soprannome|il tuo soprannome).*|(?:ha )?creato un sondaggio.*|ti ha salutato"
        r"|(?:heeft|hebt) .{1,200} (?:toegevoegd aan de groep|aan de groep toegevoegd|uit de groep verwijderd)|(?:heeft|hebt) de groep (?:verlaten|gemaakt)|(?:heeft|hebt) de groep .{1,200} genoemd"
        r"|(?:heeft|hebt) (?:de groepsfoto|de groepsnaam) gewijzigd.*|(?:heeft|hebt) (?:het thema|de kleuren|de kleur|de emoji|de bijnaam|je bijnaam).{0,80} (?:gewijzigd|ingesteld).*|(?:heeft|hebt) een peiling gemaakt.*|heeft naar je gezwaaid"
        r"|adicionou .{1,200} ao grupo|removeu .{1,200} do grupo|saiu do grupo|criou o grupo.*|nomeou o grupo .*|deu o nome .{1,200} ao grupo|(?:mudou|alterou) (?:a foto|o nome) do grupo.*"
        r"|(?:mudou|alterou|definiu) (?:o tema|as cores|o emoji|o apelido).*|criou uma enquete.*)\.?[!\s]*",
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
_OWNERS_CALL_MISSED: Final = re.compile(
    r"(?:.{1,200} missed your (?:audio |video |voice )?(?:call|chat)|.{1,200} hat deinen (?:Video|Audio|Sprach)?(?:anruf|chat|Anruf) verpasst"
    r"|.{1,200} a manqué votre (?:appel|discussion)(?: vidéo| audio| vocal)?|.{1,200} (?:se )?perdió tu (?:videollamada|llamada|videochat|chat de video)"
    r"|.{1,200} ha perso la tua (?:videochiamata|chiamata|chat video)|.{1,200} heeft je (?:videochat|videogesprek|oproep|gesprek) gemist"
    r"|.{1,200} perdeu sua (?:chamada|ligação|videochamada)(?: de (?:voz|vídeo))?)\.?\s*"
)
_OTHERS_CALL_MISSED: Final = re.compile(
    r"(?:You missed an? (?:audio |video |voice )?(?:call|chat) (?:from|with) .{1,200}"
    r"|Du hast einen (?:Video|Audio|Sprach)?(?:anruf|chat|Anruf) (?:von|mit) .{1,200} verpasst|Vous avez manqué (?:un appel|une discussion)(?: vidéo| audio| vocal)? (?:de|avec) .{1,200}"
    r"|(?:Te perdiste|Perdiste) (?:una (?:videollamada|llamada)|un (?:videochat|chat de video)) (?:de|con) .{1,200}"
    r"|Hai perso una (?:videochiamata|chiamata|chat video) (?:da|di|con) .{1,200}|Je hebt een (?:videochat|videogesprek|oproep|gesprek) (?:van|met) .{1,200} gemist"
    r"|Você perdeu uma (?:chamada|ligação|videochamada)(?: de (?:voz|vídeo))? (?:de|com) .{1,200})\.?\s*"
)
_CALL_ENDED: Final = re.compile(
    r"(?:(?:The )?(?:audio |video |voice |group )*(?:call|chat) (?:has )?ended|.{1,200} ended (?:a|an|the) (?:audio |video |voice |group )*(?:call|chat)"
    r"|(?:Der |Das )?(?:Video|Audio|Sprach|Gruppen)?(?:chat|anruf|telefonat)(?: wurde| ist)? beendet|.{1,200} hat (?:den|das|einen) (?:Video|Audio|Sprach)?(?:chat|anruf) beendet"
    r"|(?:L[’']appel|La discussion|Appel|Discussion)(?: vidéo| audio| vocal)?(?: est)? terminée?|.{1,200} a terminé (?:l[’']appel|la discussion)(?: vidéo| audio)?"
    r"|(?:(?:El|La) )?(?:chat de video|videochat|videollamada|llamada)(?: de (?:voz|audio|video))? (?:finalizó|terminó|ha finalizado|finalizad[ao]|terminad[ao])"
    r"|(?:Finalizó|Terminó|Se terminó) (?:el (?:chat de video|videochat)|la (?:videollamada|llamada))|.{1,200} (?:finalizó|terminó) (?:el chat de video|la videollamada|la llamada)"
    r"|(?:La )?(?:videochiamata|chiamata|chat video|chat audio)(?: vocale| audio)?(?: è)? terminata|.{1,200} ha terminato la (?:videochiamata|chiamata|chat video)"
    r"|(?:De |Het )?(?:videochat|videogesprek|oproep|spraakoproep|audiogesprek|gesprek)(?: is)? (?:beëindigd|afgelopen)|.{1,200} heeft (?:de|het) (?:videochat|videogesprek|oproep|gesprek) beëindigd"
    r"|(?:A |O )?(?:chamada|ligação|videochamada|bate-papo por vídeo)(?: de (?:voz|vídeo))?(?: foi)? encerrad[ao])\.?\s*",
    re.IGNORECASE,
)
_CALL_WORDS: Final = (
    "call", "chat", "anruf", "telefonat", "appel", "discussion", "ama", "oproep", "gesprek", "liga", "bate-papo",
)  # fmt: skip
"""What every line contains that states that a call started, ended or was missed ("ama": llamada, chiamata, chamada).

Letters that Meta encodes twice are left out.
"""
_MAY_BE_WRITTEN: Final = re.compile(
    r"(?:call|chat|anruf|appel|discussion|llamada|chiamata|oproep|gesprek|chamada|ligação) \w+\.?", re.IGNORECASE
)
"""Lines about a call's end that a person may have written: by themselves they are no automatic lines."""
_YOU: Final = ("You ", "Du ", "Vous ", "Tu ", "Je ", "Jij ", "Hai ", "Você ")
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


def is_call_end(content: str) -> bool:
    """Return whether a line states the end of a call, which another line of the conversation started.

    >>> is_call_end("The video chat ended."), is_call_end("Ana started a video chat.")
    (True, False)
    """
    return len(content) <= _LONGEST and _CALL_ENDED.fullmatch(content) is not None


def mentions_call(text: str) -> bool:
    """Return whether a text, repaired or not, may be a line about a call; most messages are ruled out here, before any pattern.

    >>> mentions_call("Ana missed your CALL."), mentions_call("See you at eight")
    (True, False)
    """
    folded = text.casefold()
    for word in _CALL_WORDS:  # noqa: SIM110 - `any` costs twice as much, and this runs for every message
        if word in folded:
            return True
    return False


def classify_line(
    content: str, beginnings: tuple[str, ...], *, has_stories: bool = False, may_be_call: bool = True
) -> LineKind:
    """Return the kind of a line.

    Args:
        content: the message's text, repaired.
        beginnings: `openings` of its sender.
        has_stories: whether the platform has lines about stories.
        may_be_call: `mentions_call` of the text, if it is known.
    """
    if len(content) > _LONGEST:
        return ""
    if has_stories and _STORY_WITHOUT_NAME.fullmatch(content):
        verb = content[:9].casefold()
        return "mention" if verb == "mentioned" else "story_reply" if verb.startswith("replied") else "reaction"
    if content[:3] in _FIXED_STARTS and _FIXED.fullmatch(content):
        return "system"
    if may_be_call and is_call_end(content) and not _MAY_BE_WRITTEN.fullmatch(content):
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
