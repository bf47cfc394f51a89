"""Labelled values: `label_values` (since 2024) and `string_map_data` (2021 on), whose labels are in the account's language.

Format fact: labels are translated, so a value is found by the meaning of its label in the languages known.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from pipeline.sources.shared.json_values.access import JsonObject, as_object

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

USERNAME: Final = re.compile(r"[A-Za-z0-9._]{1,30}")
"""The shape of an Instagram or Threads username."""


class LabelledValue(NamedTuple):
    """A value with the titles and labels that lead to it."""

    path: tuple[str, ...]
    value: object


def is_label(label: str, *meanings: str) -> bool:
    """Return whether a label has one of the meanings (keys of `LABELS`).

    >>> is_label("Gebruikersnaam", "name", "username")
    True
    """
    plain = label.strip().casefold()
    return any(plain in LABELS[meaning] for meaning in meanings)


def flatten(node: object, path: tuple[str, ...] = ()) -> Iterator[LabelledValue]:
    """Yield the values of nested `label_values`, in their order."""
    if isinstance(node, list):
        for item in node:
            yield from flatten(item, path)
        return
    if not isinstance(node, dict):
        if node not in (None, ""):
            yield LabelledValue(path, node)
        return
    own = node.get("label") or node.get("ent_field_name") or node.get("title")
    here = (*path, own) if isinstance(own, str) and own else path
    for key in ("value", "href", "timestamp_value"):
        if node.get(key) not in (None, ""):
            yield LabelledValue(here, node[key])
            break
    for key in ("vec", "dict"):
        if key in node:
            yield from flatten(node[key], here)


def labelled_text(values: Iterable[LabelledValue], meaning: str, inside: str | None = None) -> str:
    """Return the first text whose label has the meaning, empty when there is none.

    Args:
        values: what `flatten` yields.
        meaning: a key of `LABELS`.
        inside: meaning of a block that must contain the value; None for anywhere.
    """
    for path, value in values:
        if (
            path
            and isinstance(value, str)
            and is_label(path[-1], meaning)
            and (inside is None or any(is_label(step, inside) for step in path[:-1]))
        ):
            return value
    return ""


def map_entries(record: JsonObject) -> list[tuple[str, JsonObject]]:
    """Return (label, entry) of a record's `string_map_data`."""
    entries = as_object(record.get("string_map_data"))
    return [(label, entry) for label, entry in entries.items() if isinstance(entry, dict)]


def map_entry(record: JsonObject, meaning: str) -> JsonObject:
    """Return the entry of a record's `string_map_data` whose label has the meaning, empty when there is none."""
    return next((entry for label, entry in map_entries(record) if is_label(label, meaning)), {})
