"""Given names and their short forms: the English ones of the package `nicknames`, and common ones of other languages."""

from functools import cache, lru_cache
from typing import Final

from nicknames import NickNamer

from pipeline.contacts.name_forms import sound

_OTHERS: Final = """
alexander sasha sascha alex xander sandro aleksandr alejandro alessandro alexandros alekos alexandre
alexandra sasha sascha alex sandra aleksandra alejandra alessandra
anna anya anja annika ania anushka
antonio toni tonio toño anton antonis antoine antoni
caterina katya katja katia katerina ekaterina katharina kathrin kati catalina catherine kathe
dmitry dima mitya dmitri dimitris mitsos dimitrios dmitriy
elisabeth lisa liesl elsa elise lisbeth sisi elizaveta liza isabel
eva evi evita evunya
evgeny zhenya evgeni eugene yevgeny evgenii evgeniy eugen
francisco paco pancho curro francesco franz frank francis cesco
friedrich fritz friedel
georg jorg jurgen giorgos george jorge yorgos georgios giorgio yuri
giuseppe beppe peppe pino joseph josef sepp jose pepe josip iosif
hans johannes johann jan ioannis yannis giannis juan giovanni gianni ivan vanya jean jon john joao
heinrich heinz heiner heini henrik henry enrico henri
ignacio nacho
ioulia julia yulia juliya yuliya julie giulia
jacob jakob jaap jacques yakov santiago diego iago james
konstantin kostya kostas konstantinos costa
ludwig lutz luis luigi louis ludovic
luis lucho luisito
manuel manolo manu manolis emmanuel
margarete gretel grete greta margarita rita marga margot marguerite
maria masha marusya mascha mariya mia marie marika maruja mari mary
matthias hias mathis matteo mateo matt matthew mattias
mercedes merche
michael misha mischa mikhail michel miguel mihalis michalis mihail mike michele mikael
natalia natasha natalya nataliya natalie nathalie
nikolai kolya klaus nikolaus nikos nikolaos nicolas nicola nico niko nikolay nick
olga olya olja
paul pavel pasha pablo paolo pavlos pavlo
pedro perico piotr peter petr petya pietro pierre petros
roberto beto berto robert
sergei serge seryozha sergio sergey sergiy
sofia sonya sonja sophia sophie sofya sofie
stefan steffen stepan stefano esteban stephen etienne stefanos steven stephan
susanne susi sanne susanna suzanne susana
tatiana tanya tanja tatyana
theodor theo fyodor fedor teodoro thodoris
ulrich uli ulli
vladimir volodya vova wladimir volodymyr vlad
wilhelm willi willy helmut guillermo guglielmo guillaume william bill memo
"""
"""A name, then its short forms and its forms in other languages, in Latin letters without diacritics."""


@cache
def _own() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _OTHERS.split("\n"):
        words = line.replace("ñ", "n").split()
        for word in words:
            found.setdefault(sound(word), set()).add(sound(words[0]))
    return {word: frozenset(names) for word, names in found.items()}


@cache
def _english() -> NickNamer:
    return NickNamer()


@lru_cache(maxsize=1 << 15)
def full_names(word: str) -> frozenset[str]:
    """Return the given names, as `sound` writes them, that a word is or stands for.

    Args:
        word: a word of a name, as `name_tokens` writes it.

    Examples:
        >>> full_names("bob") & full_names("robert") >= {"robert"}
        True
        >>> sorted(full_names("sasha") & full_names("alexander"))
        ['alexander']
    """
    english = {sound(name) for name in _english().canonicals_of(word)}
    return frozenset({sound(word), *english}) | _own().get(sound(word), frozenset())
