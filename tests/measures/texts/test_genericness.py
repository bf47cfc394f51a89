"""Generic, short or substantive."""

import polars as pl
import pytest

from pipeline.measures.texts.genericness import genericness
from pipeline.measures.texts.questions import questions
from pipeline.measures.texts.words import content


def classified(language: str, text: str | None, parent: str | None = None) -> tuple[str | None, str | None]:
    frame = pl.DataFrame({"text": [text], "language": [language]}, schema_overrides={"text": pl.String})
    answered = pl.DataFrame({"text": [parent], "language": [language]}, schema_overrides={"text": pl.String})
    rows = frame.with_columns(
        content(frame)["content"],
        content(answered)["content"].alias("parent_content"),
        questions(frame)["question"],
        pl.lit("http" in (text or "")).alias("has_url"),
    )
    return genericness(rows).row(0)


GENERIC = {
    "en": [
        "Great post!",
        "wow, just wow",
        "You're the best",
        "You nailed it 👏",
        "so true",
        "This is gold",
        "10/10",
        "100 times this",
        "love the blue one",
        "Couldn't agree more!",
        "That made my day 😊",
        "Thanks for sharing, keep up the good work",
        "Speechless. Absolutely speechless.",
        "I just have to say that your writing always brings a smile to my face, thank you so so much for everything you do!",
        "Happy birthday!",
        "Good morning! Have a great day",
        "beautiful #sunset #love #nature",
        "GREAT SHOT MATE",
        "lol true",
        "haha",
        "you absolute legend",
        "#inspiring #growth",
        "grt... gr8 stuff bro",
        "can't wait for the next one",
    ],
    "de": [
        "Toller Beitrag!",
        "Danke fürs Teilen",
        "Weiter so!",
        "Daumen hoch 👍",
        "Mega!!!",
        "Hut ab, einfach großartig",
        "Alles Gute dir",
        "sooo schön",
    ],
    "es": [
        "Eres un crack!",
        "Muy buen post, sigue así",
        "gracias por compartir",
        "Sin palabras",
        "jajaja",
        "q bonito",
        "Me alegraste el día",
    ],
    "fr": [
        "Bravo l'artiste !",
        "C'est trop beau",
        "J'adore cette photo",
        "merci pour le partage",
        "Chapeau bas",
        "mdr",
        "continue comme ça",
    ],
    "pt": [
        "Arrasou!!",
        "mandou bem demais",
        "que foto linda",
        "parabens pelo trabalho incrivel",
        "Sem palavras",
        "kkkkk",
        "nota 10",
    ],
    "und": ["😍😍", "🔥", "👍🏽👍🏽", "❤️", "🇪🇸"],
    "ja": ["👏👏👏"],
}
SHORT = {
    "en": [
        "ok",
        "see you at 5",
        "Done!",
        "will do",
        "got it, thanks",
        "This is not great",
        "nice but too long",
        "3 of the 4 recipes failed",
        "boring",
    ],
    "de": ["ok, bis morgen", "alles klar", "mach ich", "leider nicht so toll", "ich auch"],
    "es": ["vale, nos vemos", "listo", "no me gusta"],
    "fr": ["d'accord à demain", "ça marche", "pas terrible"],
    "pt": ["blz", "combinado", "não gostei"],
}
SUBSTANTIVE = {
    "en": ["how do you get the crust so crisp", "The rye starter doubled overnight while the wheat dough stayed flat"],
    "de": ["Wie machst du das", "Der Sauerteig ging über Nacht auf, das Brot wurde trotzdem flach, die Kruste klebrig"],
    "es": ["como hiciste la masa", "La masa creció toda la noche y el pan salió plano con corteza dura"],
    "fr": ["tu fais comment pour la pâte", "Le levain a doublé pendant la nuit mais la croûte du pain reste molle"],
    "pt": ["alguém sabe onde compra", "A massa cresceu durante a noite e o pão ficou baixo com casca dura"],
}


@pytest.mark.parametrize("language, text", [(language, text) for language in GENERIC for text in GENERIC[language]])
def test_generic(language: str, text: str) -> None:
    assert classified(language, text)[0] == "generic"


@pytest.mark.parametrize("language, text", [(language, text) for language in SHORT for text in SHORT[language]])
def test_short(language: str, text: str) -> None:
    assert classified(language, text)[0] == "short"


@pytest.mark.parametrize(
    "language, text", [(language, text) for language in SUBSTANTIVE for text in SUBSTANTIVE[language]]
)
def test_substantive(language: str, text: str) -> None:
    assert classified(language, text)[0] == "substantive"


def test_a_word_of_the_parent_is_substance() -> None:
    assert classified("en", "Lovely bread!", "I baked two breads today") == (
        "substantive",
        "a word in common with what it answers",
    )
    assert classified("en", "Lovely bread!", "I walked the dog")[0] == "generic"


def test_a_url_is_not_praise() -> None:
    assert classified("en", "Great post! https://x.example")[0] == "short"


def test_not_assessed() -> None:
    assert classified("und", "hm") == ("not_assessed", None)
    assert classified("ja", "素晴らしい") == ("not_assessed", None)
    assert classified("en", None) == (None, None)


@pytest.mark.parametrize(
    "text", ["", "\x00", "\u200b", "😍" * 200_000, "great " * 200_000, "x" * 1_000_000, "שלום", "1️⃣"]
)
def test_odd_texts(text: str) -> None:
    assert classified("en", text)[0] in {"generic", "short", "substantive"}
