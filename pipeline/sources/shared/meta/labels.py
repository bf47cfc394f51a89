"""Labels of Meta's exports in the languages that are known, and the flattener of nested `label_values`."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

LABELS: Final[dict[str, frozenset[str]]] = {
    "time": frozenset({
        "time", "tijd", "zeit", "uhrzeit", "heure", "fecha y hora", "hora", "orario", "ora", "data e ora", "time of repost",
        "tijd van repost", "saved on", "change date", "creation time",
    }),
    "comment": frozenset({"comment", "opmerking", "kommentar", "commentaire", "comentario", "commento"}),
    "owner": frozenset({
        "media owner", "media-eigenaar", "eigenaar van media", "medieninhaber", "eigentümer des mediums", "medieneigentümer",
        "propriétaire du média", "propriétaire du contenu multimédia", "propriétaire de médias", "propietario del contenido multimedia",
        "propietario del contenido", "propietario de los medios", "proprietario del contenuto multimediale",
        "proprietario dei contenuti multimediali", "owner", "eigenaar", "eigentümer", "inhaber", "propriétaire", "propietario",
        "proprietario", "author", "auteur", "autor", "autore",
    }),
    "username": frozenset({"username", "gebruikersnaam", "benutzername", "nom d'utilisateur", "nom d’utilisateur", "nombre de usuario", "nome utente"}),
    "name": frozenset({"name", "naam", "nom", "nombre", "nome"}),
    "url": frozenset({"url"}),
    "reaction": frozenset({"reaction", "reactie", "reaktion", "réaction", "reacción", "reazione"}),
    "message": frozenset({"message", "bericht", "nachricht", "mensaje", "messaggio", "text", "tekst", "texte", "texto", "testo"}),
    "target": frozenset({"target", "doel", "ziel", "cible", "destino", "destinazione"}),
    "inviter": frozenset({"inviter", "invited by", "sender", "sent by", "uitgenodigd door", "eingeladen von", "invité par", "invitado por", "invitato da"}),
    "invitee": frozenset({"invitee", "invited", "recipient", "uitgenodigd", "eingeladen", "invité", "invitado", "invitato"}),
    "previous": frozenset({"previous value", "vorige waarde", "vorheriger wert", "ancienne valeur", "valor anterior", "valore precedente"}),
    "new": frozenset({"new value", "nieuwe waarde", "neuer wert", "nouvelle valeur", "nuevo valor", "nuovo valore"}),
    "email": frozenset({"email", "email address", "e-mail", "e-mailadres", "e-mail-adresse", "adresse e-mail", "correo electrónico", "indirizzo e-mail"}),
}  # fmt: skip
"""Meaning -> its labels, lower case, in English, Dutch, German, French, Spanish and Italian."""

HANDLE: Final = re.compile(r"[A-Za-z0-9._]{1,30}")
"""The shape of an Instagram or Threads username."""

Flat = list[tuple[tuple[str, ...], Any]]


def is_label(label: str, *meanings: str) -> bool:
    """Tell whether the label stands for one of the meanings."""
    plain = label.strip().casefold()
    return any(plain in LABELS[meaning] for meaning in meanings)


def flatten(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield (path of titles and labels, value) of nested `label_values`, in their order."""
    if isinstance(node, list):
        for item in node:
            yield from flatten(item, path)
        return
    if not isinstance(node, dict):
        if node not in (None, ""):
            yield path, node
        return
    own = node.get("label") or node.get("ent_field_name") or node.get("title")
    here = (*path, own) if isinstance(own, str) and own else path
    for key in ("value", "href", "timestamp_value"):
        if node.get(key) not in (None, ""):
            yield here, node[key]
            break
    for key in ("vec", "dict"):
        if key in node:
            yield from flatten(node[key], here)


def pick(flat: Iterable[tuple[tuple[str, ...], Any]], meaning: str, inside: str | None = None) -> str:
    """Return the first text whose own label has the meaning (inside a block of another meaning), empty when there is none."""
    for path, value in flat:
        if (
            path
            and isinstance(value, str)
            and is_label(path[-1], meaning)
            and (inside is None or any(is_label(step, inside) for step in path[:-1]))
        ):
            return value
    return ""


def mapped(record: dict[str, Any], meaning: str) -> dict[str, Any]:
    """Return the entry of a `string_map_data` record whose label has the meaning, empty when there is none."""
    entries = record.get("string_map_data")
    if isinstance(entries, dict):
        for label, entry in entries.items():
            if isinstance(entry, dict) and is_label(label, meaning):
                return entry
    return {}


def entries_of(record: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Return (label, entry) of a `string_map_data` record."""
    entries = record.get("string_map_data")
    return (
        [(label, entry) for label, entry in entries.items() if isinstance(entry, dict)]
        if isinstance(entries, dict)
        else []
    )
