"""Notifications: the few recent weeks in which an export says what others did. A sentence in the account's language tells."""

import re
from typing import Any, Final, Literal

from pipeline.model.durations import DAY
from pipeline.model.naming import name_id, normalise_name
from pipeline.model.records import Context, Parsed, Skipped
from pipeline.sources.facebook.inbound import act_of
from pipeline.sources.facebook.lists import FRIENDS, REQUESTS, request_id
from pipeline.sources.shared.meta.values import list_reader, micros, untimed

_SENTENCES: Final[dict[str, tuple[str, ...]]] = {
    "reply": (
        r"(?:also )?replied to (?:your|a) comment", r"(?:hat|haben) (?:auch )?auf deinen Kommentar geantwortet", r"(?:heeft|hebben) (?:ook )?geantwoord op (?:je|jouw) opmerking",
        r"(?:a|ont) (?:aussi )?répondu à votre commentaire", r"(?:también )?(?:respondió|respondieron|han? respondido) a tu comentario", r"(?:ha|hanno) (?:anche )?risposto al tuo commento",
    ),
    "comment": (
        r"(?:also )?commented on your", r"(?:hat|haben) (?:auch )?(?:deinen|deine|dein) .{1,80} kommentiert", r"(?:heeft|hebben) (?:ook )?gereageerd op (?:je|jouw)",
        r"(?:a|ont) (?:aussi )?commenté (?:votre|vos)", r"(?:también )?(?:comentó|comentaron|han? comentado)(?: en)? tus?", r"(?:ha|hanno) (?:anche )?commentato (?:il tuo|la tua|un tuo|una tua)",
    ),
    "mention": (
        r"mentioned you in", r"(?:hat|haben) dich .{0,80}erwähnt", r"(?:heeft|hebben) (?:je|jou) (?:genoemd|vermeld) in", r"vous (?:a|ont) mentionné(?:e|\(e\))? dans",
        r"te (?:mencionó|ha mencionado) en", r"ti (?:ha|hanno) menzionat[oa] in",
    ),
    "tag": (
        r"tagged you in", r"(?:hat|haben) dich .{0,80}markiert", r"(?:heeft|hebben) (?:je|jou) getagd in", r"vous (?:a|ont) identifié(?:e|\(e\))? (?:dans|sur)",
        r"te (?:etiquetó|ha etiquetado) en", r"ti (?:ha|hanno) taggat[oa] in",
    ),
    "like": (r"(?:likes|liked) your", r"gefällt (?:dein|deine|deinen)", r"(?:vindt|vinden) (?:je|jouw) .{1,80} leuk", r"(?:aime|aiment) (?:votre|vos)"),
    "reaction": (
        r"reacted to your", r"(?:hat|haben) auf (?:dein|deine|deinen) .{1,80} reagiert", r"(?:heeft|hebben) een reactie geplaatst op (?:je|jouw)", r"(?:a|ont) réagi à (?:votre|vos)",
        r"(?:reaccionó|reaccionaron|han? reaccionado) a tus?", r"(?:ha|hanno) (?:reagito|aggiunto una reazione) (?:al tuo|alla tua)",
    ),
    "wall_post": (r"(?:wrote|posted) on your (?:timeline|profile|wall)",),
    "repost": (r"shared your (?:post|photo|video|link|reel)",),
    "friend_request": (
        r"sent you a friend request", r"(?:hat|haben) dir eine Freundschaftsanfrage (?:gesendet|geschickt)", r"(?:heeft|hebben) (?:je|jou) een vriendschapsverzoek gestuurd",
        r"vous (?:a|ont) envoyé une (?:demande d[’']ami|invitation)", r"te (?:envió|ha enviado) una solicitud de amistad", r"ti (?:ha|hanno) inviato una richiesta di amicizia",
    ),
    "accept": (
        r"accepted your friend request", r"(?:hat|haben) deine Freundschaftsanfrage (?:angenommen|bestätigt)", r"(?:heeft|hebben) (?:je|jouw) vriendschapsverzoek geaccepteerd",
        r"(?:a|ont) accepté votre (?:demande d[’']ami|invitation)", r"(?:aceptó|ha aceptado) tu solicitud de amistad", r"(?:ha|hanno) accettato la tua richiesta di amicizia",
    ),
    "poke": (r"poked you", r"(?:hat|haben) dich angestupst", r"(?:heeft|hebben) (?:je|jou) gepord", r"vous (?:a|ont) envoyé un poke", r"te dio un toque", r"ti (?:ha|hanno) mandato un poke"),
    "follow": (r"started following you",),
    "invitation": (r"invited you to",),
}  # fmt: skip
"""Kind -> what stands behind the name, in English, German, Dutch, French, Spanish and Italian as far as known."""
_TURNED: Final = (r"A (?P<who>.+?) le (?:gusta|encanta) tus? .+", r"A (?P<who>.+?) piace (?:il tuo|la tua) .+")
"""Likes in languages that put the name behind an "A" (Spanish, Italian)."""
_NOTICES: Final = (
    *((kind, re.compile(rf"(?P<who>.+?) {words}(?:\W.*)?", re.DOTALL)) for kind, listed in _SENTENCES.items() for words in listed),
    *(("like", re.compile(words, re.DOTALL)) for words in _TURNED),
)  # fmt: skip
_MORE: Final = re.compile(
    r" (?:and|und|en|et|y|e) \d+ (?:others?|other people|weiteren?(?: Personen)?|anderen|autres(?: personnes)?|otros|otras personas|altri|altre persone)$"
)
_AND: Final = (" and ", " und ", " en ", " et ", " y ", " e ", ",")


def notice(record: dict[str, Any], pointer: str, context: Context) -> Parsed:
    """Read a notification.

    The first person named counts, "and 3 others" are nobody; two names joined by "and" can't be told from one such name.
    """
    text = record.get("text")
    at = micros(record.get("timestamp"))
    for kind, pattern in _NOTICES if isinstance(text, str) else ():
        if found := pattern.fullmatch(str(text).strip()):
            if at is None:
                return untimed(pointer, "a notification")
            name = _MORE.sub("", found["who"]).strip()
            known = name if not any(word in name for word in _AND) else None
            href = record.get("href")
            url = href if isinstance(href, str) else None
            at, ids = _of_request(kind, known, at, context) if known else (at, {})
            return act_of(known, "inbound", kind, at, pointer, context, url=url, **ids)
    return Skipped(pointer, "not_social")


def _of_request(kind: str, name: str, at: int, context: Context) -> tuple[int, dict[str, str]]:
    """Return time and ids of an act that the lists of friends and requests tell of too: it is one act, and an acceptance answers."""
    if kind not in ("accept", "friend_request"):
        return at, {}
    maps, plain = context.survey.maps, normalise_name(name)
    direction: Literal["outbound", "inbound"] = "outbound" if kind == "accept" else "inbound"
    written = int(maps.get(REQUESTS, {}).get(f"{direction}|{plain}", 0))
    known = request_id(direction, name_id(name), written)
    if not written or written > at + DAY:
        return at, {}
    if kind == "friend_request":
        return (written, {"native_id": known}) if at - written < DAY else (at, {})
    since = int(maps.get(FRIENDS, {}).get(plain, 0))
    return since if abs(since - at) < DAY else at, {"native_id": f"accept:{known}", "reply_to": known}


READERS = {"notifications": list_reader(notice, r"notifications(_v\d+)?")}
