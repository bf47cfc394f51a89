"""Notifications of what others did.

Format facts: an export holds those of the last few weeks; a notification is one sentence in the account's language.
"""

import re
from typing import Final

from pipeline.model.durations import DAY
from pipeline.model.naming import name_id, normalise_name
from pipeline.model.records import Parsed, Skipped
from pipeline.model.survey import Context
from pipeline.sources.facebook.acts import NamedAct, store_act
from pipeline.sources.facebook.facts import FacebookFacts
from pipeline.sources.facebook.friends_and_followers import request_id
from pipeline.sources.shared.json_values.access import JsonObject, as_text
from pipeline.sources.shared.meta.json_lists import list_reader, without_time
from pipeline.sources.shared.meta.times import epoch_micros

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
"""Kind -> how the sentence goes on after the name, in English, German, Dutch, French, Spanish and Italian as far as known."""
_NAME_AFTER_A: Final = (r"A (?P<who>.+?) le (?:gusta|encanta) tus? .+", r"A (?P<who>.+?) piace (?:il tuo|la tua) .+")
"""Likes in Spanish and Italian, which begin with "A" and the name."""
_PATTERNS: Final = (
    *((kind, re.compile(rf"(?P<who>.+?) {words}(?:\W.*)?", re.DOTALL)) for kind, listed in _SENTENCES.items() for words in listed),
    *(("like", re.compile(words, re.DOTALL)) for words in _NAME_AFTER_A),
)  # fmt: skip
_AND_OTHERS: Final = re.compile(
    r" (?:and|und|en|et|y|e) \d+ (?:others?|other people|weiteren?(?: Personen)?|anderen|autres(?: personnes)?|otros|otras personas|altri|altre persone)$"
)
_AND_WORDS: Final = (" and ", " und ", " en ", " et ", " y ", " e ", ",")


def notification(record: JsonObject, pointer: str, context: Context) -> Parsed:
    """Read a notification. Of several people only the first one counts, and only when the sentence names one person.

    "Ana and 3 others" names Ana. "Ana and Bo" may be two people or one name, so it names nobody.
    """
    text = as_text(record.get("text")).strip()
    at = epoch_micros(record.get("timestamp"))
    for kind, pattern in _PATTERNS if text else ():
        if found := pattern.fullmatch(text):
            if at is None:
                return without_time(pointer, "a notification")
            name = _AND_OTHERS.sub("", found["who"]).strip()
            url = as_text(record.get("href")) or None
            if any(word in name for word in _AND_WORDS):
                return store_act(NamedAct(None, "inbound", kind, at, url=url), pointer, context)
            act = NamedAct(name, "inbound", kind, at, url=url)
            return store_act(_same_request(act, name, at, context), pointer, context)
    return Skipped(pointer, "not_social")


def _same_request(act: NamedAct, name: str, at: int, context: Context) -> NamedAct:
    """Return a friend request or acceptance with the time and ids that it has in the lists of friends and requests.

    An act in a notification and in a list is one act, and an acceptance answers the request. Source: methods:acceptances.
    """
    if not name or act.kind not in ("accept", "friend_request"):
        return act
    facts, normalised = context.facts(FacebookFacts), normalise_name(name)
    is_accepted = act.kind == "accept"
    requested = facts.newest_requests.get(f"{'outbound' if is_accepted else 'inbound'}|{normalised}", 0)
    if not requested or requested > at + DAY:
        return act
    native_id = request_id("outbound" if is_accepted else "inbound", name_id(name), requested)
    if not is_accepted:
        return act._replace(at=requested, native_id=native_id) if at - requested < DAY else act
    since = facts.friends_since.get(normalised, 0)
    accepted = since if abs(since - at) < DAY else at
    return act._replace(at=accepted, native_id=f"accept:{native_id}", reply_to=native_id)


READERS = {"notifications": list_reader(notification, r"notifications(_v\d+)?")}
