"""Parse the title sentence of a record, such as `Lea Novak commented on Ana Petrov's photo.`, for the person named.

Format fact: the sentence is written in the account's language and is all that names the counterpart. A sentence of unknown
form gives None; its record is stored as unattributed, never guessed.
"""

import re
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple, TypeAlias

from pipeline.sources.shared.meta.people import is_closed_account

Verb: TypeAlias = Literal["comment", "reply", "reaction", "wall", "with", "share", "vote"]
Whose: TypeAlias = Literal["owner", "named", "unnamed"]
"""Whether the thing is the owner's, a named person's, or of a person whom the sentence leaves out."""


class Target(NamedTuple):
    """What a title sentence names."""

    verb: Verb
    name: str | None
    """The person or page whose thing it is; None when the sentence leaves it out, or for a closed account."""
    is_owners: bool = False
    """Whether it is the owner's own thing."""


class _Rule(NamedTuple):
    verb: Verb
    whose: Whose
    pattern: "re.Pattern[str]"


class _Grammar(NamedTuple):
    """A language that says `<verb> <article> <noun> <of> <name>`; all fields but the verbs are regular expressions."""

    verbs: tuple[tuple[Verb, str], ...]
    nouns: str
    article: str
    of: str
    own: str


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
_EN_VERBS: Final[tuple[tuple[Verb, str], ...]] = (
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


def _english() -> list[_Rule]:
    rules: list[_Rule] = []
    for verb, words in _EN_VERBS:
        own = rf"{words} (?:his or her|his|her|their|its|your)(?: own)? {_EN}(?: in .+)?"
        named = rf"{words} {_WHO}(?:['’]s|(?<=[sxz])['’]) {_EN}(?: in .+)?"
        named_in_comment = rf"{words} {_WHO}(?:['’]s|(?<=[sxz])['’]) (?:comment|reply) on .+"
        named_after_by = rf"{words} an? {_EN} by {_WHO}"
        unnamed = rf"{words} (?:an?|this|the) {_EN}(?: .+)?"
        rules.append(_Rule(verb, "owner", re.compile(own)))
        rules += [_Rule(verb, "named", re.compile(form)) for form in (named_in_comment, named, named_after_by)]
        rules.append(_Rule(verb, "unnamed", re.compile(unnamed)))
    rules.append(_Rule("with", "named", re.compile(rf"(?:was|is) .*?\bwith {_WHO}(?: (?:at|in) .+)?")))
    return rules


def _rules(grammar: _Grammar) -> list[_Rule]:
    rules: list[_Rule] = []
    for verb, words in grammar.verbs:
        noun = f"{words} {grammar.article} ?{grammar.nouns}"
        rules.append(_Rule(verb, "owner", re.compile(rf"{words} {grammar.own} ?{grammar.nouns}(?: .+)?")))
        rules.append(_Rule(verb, "named", re.compile(rf"{noun} {grammar.of}{_WHO}{_TAIL}")))
        rules.append(_Rule(verb, "unnamed", re.compile(noun)))
    return rules


def _german() -> list[_Rule]:
    article, own = r"(?:das|den|die|der|dem|ein|eine|einen|einem|einer)", r"(?:sein|ihr|eigen)\w*(?: eigen\w*)?"
    frames: tuple[tuple[Verb, str, str], ...] = (
        ("comment", "hat", " kommentiert"),
        ("reply", "hat auf", " geantwortet"),
        ("reaction", "hat auf", " reagiert"),
        ("reaction", "gefällt", ""),
    )
    rules: list[_Rule] = []
    for verb, before, after in frames:
        rules += [
            _Rule(verb, "owner", re.compile(rf"{before} {own} {_DE}{after}")),
            _Rule(verb, "named", re.compile(rf"{before} {article} {_DE} von {_WHO}(?: in der Gruppe .+)?{after}")),
            _Rule(verb, "unnamed", re.compile(rf"{before} {article} {_DE}{after}")),
            _Rule(verb, "named", re.compile(rf"{before} {_WHO}(?:s|[’']) {_DE}(?: in der Gruppe .+)?{after}")),
        ]
    timeline = rf"hat (?:etwas )?(?:in|auf) (?:der|die) (?:Chronik|Pinnwand) von {_WHO} (?:geschrieben|gepostet)"
    rules.append(_Rule("wall", "named", re.compile(timeline)))
    rules.append(_Rule("with", "named", re.compile(rf"war (?:hier )?mit {_WHO}(?: unterwegs| zusammen)?")))
    return rules


def _dutch() -> list[_Rule]:
    own = r"(?:zijn|haar|hun|je)(?: eigen)?"
    timeline = rf"heeft (?:iets )?op de tijdlijn van {_WHO} (?:geschreven|geplaatst)"
    return [
        *_rules(_Grammar(
            (("comment", "heeft gereageerd op"), ("reply", "heeft geantwoord op"), ("reaction", "heeft een reactie geplaatst op")),
            nouns=_NL, article=r"(?:de|het|een)", of="van ", own=own,
        )),
        _Rule("reaction", "owner", re.compile(rf"vindt {own} {_NL} leuk")),
        _Rule("reaction", "named", re.compile(rf"vindt (?:de|het|een) {_NL} van {_WHO} leuk")),
        _Rule("reaction", "unnamed", re.compile(rf"vindt (?:de|het|een) {_NL} leuk")),
        _Rule("wall", "named", re.compile(timeline)),
        _Rule("with", "named", re.compile(rf"was (?:hier )?met {_WHO}")),
    ]  # fmt: skip


_FRENCH: Final = _Grammar(
    (("comment", "a commenté"), ("reply", "a répondu (?:à|au)"), ("reaction", "aime"), ("reaction", "a réagi (?:à|au)"), ("wall", "a écrit sur")),
    nouns=rf"(?:{_FR}|journal|mur)", article=r"(?:la |le |les |l[’']|une |un |)", of=r"(?:de |d[’'])", own=r"(?:sa|son|ses)(?: propre)?",
)  # fmt: skip
_SPANISH: Final = _Grammar(
    (("comment", "(?:ha )?coment(?:ó|ado)(?: en)?"), ("reply", "(?:ha )?respond(?:ió|ido) (?:a|al)"), ("reaction", "le (?:gusta|encanta)"),
     ("reaction", "(?:ha )?reaccion(?:ó|ado) (?:a|al)"), ("wall", "escribió en")),
    nouns=rf"(?:{_ES}|biografía|muro)", article=r"(?:la |el |los |las |una |un |)", of="de ", own=r"su(?: propi[oa])?",
)  # fmt: skip
_ITALIAN: Final = _Grammar(
    (("comment", "ha commentato"), ("reply", "ha risposto (?:a|al|alla|all[’'])"), ("reaction", "piace"), ("reaction", "ha messo Mi piace (?:a|al|alla)"),
     ("reaction", "ha reagito (?:a|al|alla|all[’'])"), ("wall", "ha scritto (?:sul|nel)")),
    nouns=rf"(?:{_IT}|diario|bacheca)", article=r"(?:la |il |lo |l[’']|una |un |)", of=r"(?:di |d[’'])", own=r"(?:la |il )?(?:sua|suo|propri[oa])",
)  # fmt: skip
_RULES: Final = [*_english(), *_german(), *_dutch(), *_rules(_FRENCH), *_rules(_SPANISH), *_rules(_ITALIAN)]
_OTHERS = re.compile(
    r"(?: and|,| und| et| y| e| en) \d+ (?:others?|other people|weiteren?(?: Personen)?|autres(?: personnes)?|otros|otras personas|altri|anderen)$"
)
_LONGEST: Final = 1_000


def parse_title(title: str, names: Iterable[str], group: str | None = None) -> Target | None:
    """Return what a title sentence names, None for a sentence of unknown form.

    Args:
        title: the sentence, repaired.
        names: the owner's names; the sentence begins with one of them (Spanish and Italian put "A " before it).
        group: the group's name where the record gives it; " in <group>" at the end is then cut off first.

    >>> parse_title("Lea Novak commented on Ana Petrov's photo.", ["Lea Novak"])
    Target(verb='comment', name='Ana Petrov', is_owners=False)
    """
    rest = _after_owner(title.strip()[:_LONGEST], names)
    if rest is None:
        return None
    rest = rest.rstrip().removesuffix(".").rstrip()
    if group:
        rest = rest.removesuffix(f" in {group}")
    for verb, whose, pattern in _RULES:
        if found := pattern.fullmatch(rest):
            name = _OTHERS.sub("", found["who"]).strip() if whose == "named" else ""
            return Target(verb, None if is_closed_account(name) else name, whose == "owner")
    return None


def _after_owner(title: str, names: Iterable[str]) -> str | None:
    """Return the sentence after the owner's name, None when it begins with none of the names."""
    for name in sorted((name for name in names if name), key=len, reverse=True):
        for opening in (name, f"A {name}"):
            if title.startswith(f"{opening} "):
                return title[len(opening) + 1 :]
    return None


_TIMELINE_POSTS: Final = (
    re.compile(r"(?P<who>.+?) (?:wrote on|posted on|shared .{1,60} (?:to|on)|posted .{1,60} (?:to|on)) (?:your|.+['’]s?) (?:timeline|profile|wall)"),
    re.compile(r"(?P<who>.+?) hat (?:etwas )?(?:in|auf) deine[rm]? (?:Chronik|Pinnwand) (?:geschrieben|gepostet)"),
    re.compile(r"(?P<who>.+?) heeft (?:iets )?op je tijdlijn (?:geschreven|geplaatst)"),
    re.compile(r"(?P<who>.+?) a écrit (?:sur|dans) votre (?:journal|mur)"),
    re.compile(r"(?P<who>.+?) escribió en tu (?:biografía|muro)"),
    re.compile(r"(?P<who>.+?) ha scritto (?:sul|nel) tuo diario"),
)  # fmt: skip


def timeline_writer(title: str) -> str | None:
    """Return the name of a person who posted on the owner's timeline, None for a sentence of unknown form.

    >>> timeline_writer("Ana Petrov wrote on your timeline.")
    'Ana Petrov'
    """
    for pattern in _TIMELINE_POSTS:
        if found := pattern.fullmatch(title.strip()[:_LONGEST].removesuffix(".")):
            return found["who"]
    return None
