"""Whom a record's title sentence names. It is written in the account's language and is the only trace of the counterpart.

A sentence that no pattern knows gives None: the record is then unattributed, never guessed.
"""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from pipeline.model.naming import normalise_name
from pipeline.sources.shared.meta.messages import GONE


class Target(NamedTuple):
    """What a sentence says."""

    verb: str
    """comment, reply, reaction, wall, with, share, vote."""
    name: str | None
    """The person (or page) whose thing it is about; None when the sentence names nobody."""
    mine: bool = False
    """It is the owner's own thing."""


_EN: Final = (
    r"(?:[\w-]+ )?(?:posts?|photos?|videos?|links?|comments?|status(?: update)?|albums?|reels?|story|stories|notes?|activity|memory|memories"
    r"|profile picture|cover photo|check-in|event|poll|repl(?:y|ies)|timeline|profile|wall|update|life event|offer|question|gif|GIF|live video)"
)
_DE: Final = r"(?:Beitrag|Beiträge|Foto|Fotos|Video|Videos|Link|Kommentar|Status|Statusmeldung|Album|Reel|Story|Profilbild|Titelbild|Antwort|Aktivität|Umfrage)"
_NL: Final = r"(?:bericht|berichten|foto|foto[’']s|video|link|opmerking|reactie|status|album|reel|verhaal|profielfoto|omslagfoto|antwoord|activiteit)"
_FR: Final = r"(?:publication|photo|photos|vidéo|lien|commentaire|statut|album|reel|story|photo de profil|photo de couverture|réponse|activité)"
_ES: Final = r"(?:publicación|foto|fotos|video|vídeo|enlace|comentario|estado|álbum|reel|historia|foto del perfil|foto de perfil|foto de portada|respuesta|actividad)"
_IT: Final = r"(?:post|foto|video|link|commento|stato|album|reel|storia|immagine del profilo|foto del profilo|immagine di copertina|risposta|attività)"
_WHO: Final = r"(?P<who>.+?)"
_TAIL: Final = r"(?: (?:in|dans|en|nel gruppo|in der Gruppe|in de groep) .+)?"
_EN_VERBS: Final = (
    ("comment", r"commented on"),
    ("reply", r"replied to"),
    ("reaction", r"(?:likes?|liked|loves?|loved|reacted to|responded to|is celebrating|reacted .{1,16} to)"),
    (
        "wall",
        r"(?:wrote on|posted on|posted (?:something|a .{1,30}) (?:on|to)|shared (?:a|an|his|her|their) .{1,40} (?:to|on))",
    ),
    ("share", r"shared"),
    ("vote", r"voted (?:on|in|for)"),
)


def _english() -> list[tuple[str, str, re.Pattern[str]]]:
    rules: list[tuple[str, str, re.Pattern[str]]] = []
    for verb, words in _EN_VERBS:
        own = rf"{words} (?:his or her|his|her|their|its|your)(?: own)? {_EN}(?: in .+)?"
        named = rf"{words} {_WHO}(?:['’]s|(?<=[sxz])['’]) {_EN}(?: in .+)?"
        deep = rf"{words} {_WHO}(?:['’]s|(?<=[sxz])['’]) (?:comment|reply) on .+"
        by = rf"{words} an? {_EN} by {_WHO}"
        nobody = rf"{words} (?:an?|this|the) {_EN}(?: .+)?"
        forms = (("mine", own), ("named", deep), ("named", named), ("named", by), ("nobody", nobody))
        rules.extend((verb, how, re.compile(form)) for how, form in forms)
    rules.append(("with", "named", re.compile(rf"(?:was|is) .*?\bwith {_WHO}(?: (?:at|in) .+)?")))
    return rules


def _romance(
    verbs: Iterable[tuple[str, str]], nouns: str, article: str, of: str, own: str
) -> list[tuple[str, str, re.Pattern[str]]]:
    """Return the rules of a language that says `<verb> <article> <noun> <of> <name>`."""
    rules: list[tuple[str, str, re.Pattern[str]]] = []
    for verb, words in verbs:
        rules.append((verb, "mine", re.compile(rf"{words} {own} ?{nouns}(?: .+)?")))
        rules.append((verb, "named", re.compile(rf"{words} {article} ?{nouns} {of}{_WHO}{_TAIL}")))
        rules.append((verb, "nobody", re.compile(rf"{words} {article} ?{nouns}")))
    return rules


def _german() -> list[tuple[str, str, re.Pattern[str]]]:
    article, own = r"(?:das|den|die|der|dem|ein|eine|einen|einem|einer)", r"(?:sein|ihr|eigen)\w*(?: eigen\w*)?"
    rules: list[tuple[str, str, re.Pattern[str]]] = []
    for verb, before, after in (
        ("comment", "hat", " kommentiert"), ("reply", "hat auf", " geantwortet"), ("reaction", "hat auf", " reagiert"), ("reaction", "gefällt", ""),
    ):  # fmt: skip
        rules.append((verb, "mine", re.compile(rf"{before} {own} {_DE}{after}")))
        rules.append((verb, "named", re.compile(rf"{before} {article} {_DE} von {_WHO}(?: in der Gruppe .+)?{after}")))
        rules.append((verb, "nobody", re.compile(rf"{before} {article} {_DE}{after}")))
        rules.append((verb, "named", re.compile(rf"{before} {_WHO}(?:s|[’']) {_DE}(?: in der Gruppe .+)?{after}")))
    rules.append(
        (
            "wall",
            "named",
            re.compile(
                rf"hat (?:etwas )?(?:in|auf) (?:der|die) (?:Chronik|Pinnwand) von {_WHO} (?:geschrieben|gepostet)"
            ),
        )
    )
    rules.append(("with", "named", re.compile(rf"war (?:hier )?mit {_WHO}(?: unterwegs| zusammen)?")))
    return rules


def _dutch() -> list[tuple[str, str, re.Pattern[str]]]:
    own = r"(?:zijn|haar|hun|je)(?: eigen)? "
    rules = _romance(
        (("comment", "heeft gereageerd op"), ("reply", "heeft geantwoord op"), ("reaction", "heeft een reactie geplaatst op")),
        _NL, r"(?:de|het|een)", "van ", own.rstrip(),
    )  # fmt: skip
    rules.append(("reaction", "mine", re.compile(rf"vindt {own}{_NL} leuk")))
    rules.append(("reaction", "named", re.compile(rf"vindt (?:de|het|een) {_NL} van {_WHO} leuk")))
    rules.append(("reaction", "nobody", re.compile(rf"vindt (?:de|het|een) {_NL} leuk")))
    rules.append(("wall", "named", re.compile(rf"heeft (?:iets )?op de tijdlijn van {_WHO} (?:geschreven|geplaatst)")))
    rules.append(("with", "named", re.compile(rf"was (?:hier )?met {_WHO}")))
    return rules


_RULES: Final = [
    *_english(),
    *_german(),
    *_dutch(),
    *_romance(
        (("comment", "a commenté"), ("reply", "a répondu (?:à|au)"), ("reaction", "aime"), ("reaction", "a réagi (?:à|au)"), ("wall", "a écrit sur")),
        rf"(?:{_FR}|journal|mur)", r"(?:la |le |les |l[’']|une |un |)", r"(?:de |d[’'])", r"(?:sa|son|ses)(?: propre)?",
    ),
    *_romance(
        (("comment", "(?:ha )?coment(?:ó|ado)(?: en)?"), ("reply", "(?:ha )?respond(?:ió|ido) (?:a|al)"), ("reaction", "le (?:gusta|encanta)"),
         ("reaction", "(?:ha )?reaccion(?:ó|ado) (?:a|al)"), ("wall", "escribió en")),
        rf"(?:{_ES}|biografía|muro)", r"(?:la |el |los |las |una |un |)", "de ", r"su(?: propi[oa])?",
    ),
    *_romance(
        (("comment", "ha commentato"), ("reply", "ha risposto (?:a|al|alla|all[’'])"), ("reaction", "piace"), ("reaction", "ha messo Mi piace (?:a|al|alla)"),
         ("reaction", "ha reagito (?:a|al|alla|all[’'])"), ("wall", "ha scritto (?:sul|nel)")),
        rf"(?:{_IT}|diario|bacheca)", r"(?:la |il |lo |l[’']|una |un |)", r"(?:di |d[’'])", r"(?:la |il )?(?:sua|suo|propri[oa])",
    ),
]  # fmt: skip
_OTHERS = re.compile(
    r"(?: and|,| und| et| y| e| en) \d+ (?:others?|other people|weiteren?(?: Personen)?|autres(?: personnes)?|otros|otras personas|altri|anderen)$"
)
_LONGEST: Final = 1_000


def parse_title(title: str, names: Iterable[str], group: str | None = None) -> Target | None:
    """Return whom a title sentence names, None for a sentence of unknown form.

    Args:
        title: the sentence, repaired.
        names: the owner's names; the sentence begins with one of them (Spanish and Italian put "A " before it).
        group: the group's name where the record gives it: its end of the sentence is then cut off first.
    """
    rest = _after_owner(title.strip()[:_LONGEST], names)
    if rest is None:
        return None
    rest = rest.rstrip().removesuffix(".").rstrip()
    if group:
        rest = rest.removesuffix(f" in {group}")
    for verb, how, pattern in _RULES:
        if found := pattern.fullmatch(rest):
            name = _OTHERS.sub("", found["who"]).strip() if how == "named" else ""
            # "Facebook user" is anybody whose account is closed: it names nobody.
            return Target(verb, None if normalise_name(name) in GONE else name, how == "mine")
    return None


def _after_owner(title: str, names: Iterable[str]) -> str | None:
    for name in sorted((name for name in names if name), key=len, reverse=True):
        for opening in (name, f"A {name}"):
            if title.startswith(f"{opening} "):
                return title[len(opening) + 1 :]
    return None


_WORDS_OF_OTHERS: Final = (
    ("wall_post", re.compile(r"(?P<who>.+?) (?:wrote on|posted on|shared .{1,60} (?:to|on)|posted .{1,60} (?:to|on)) (?:your|.+['’]s?) (?:timeline|profile|wall)")),
    ("wall_post", re.compile(r"(?P<who>.+?) hat (?:etwas )?(?:in|auf) deine[rm]? (?:Chronik|Pinnwand) (?:geschrieben|gepostet)")),
    ("wall_post", re.compile(r"(?P<who>.+?) heeft (?:iets )?op je tijdlijn (?:geschreven|geplaatst)")),
    ("wall_post", re.compile(r"(?P<who>.+?) a écrit (?:sur|dans) votre (?:journal|mur)")),
    ("wall_post", re.compile(r"(?P<who>.+?) escribió en tu (?:biografía|muro)")),
    ("wall_post", re.compile(r"(?P<who>.+?) ha scritto (?:sul|nel) tuo diario")),
)  # fmt: skip


def wall_writer(title: str) -> str | None:
    """Return who wrote on the owner's timeline, None for a sentence of unknown form."""
    for _, pattern in _WORDS_OF_OTHERS:
        if found := pattern.fullmatch(title.strip()[:_LONGEST].removesuffix(".")):
            return found["who"]
    return None
