"""Questions: by their mark, by their form, and those that expect no answer."""

import polars as pl
import pytest

from pipeline.measures.texts.questions import questions


def found(language: str, text: str | None) -> tuple[bool | None, ...]:
    frame = pl.DataFrame({"text": [text], "language": [language]}, schema_overrides={"text": pl.String})
    return questions(frame).row(0)


@pytest.mark.parametrize(
    "language, text",
    [
        ("en", "Where was this taken?"),
        ("en", "how do you get the crust so crisp"),
        ("en", "Love this! what camera is this"),
        ("en", "anyone know where to buy the yarn"),
        ("en", "any tips on rye"),
        ("en", "hey Ana, did you ever finish the book"),
        ("en", "i was wondering if the course is still open"),
        ("en", "does it work with node.js 3.5?"),
        ("de", "wie machst du das"),
        ("de", "Toll! kann man das einfrieren"),
        ("de", "weiß jemand wo es die Wolle gibt"),
        ("de", "würde gerne wissen, welche Kamera das ist"),
        ("es", "como hiciste la masa"),
        ("es", "alguien sabe donde se compra"),
        ("es", "qué quieres decir con eso"),
        ("fr", "tu veux dire quoi par couple"),
        ("de", "Wer hat keinen Platz mehr bekommen?"),
        ("es", "¿Qué cámara usas?"),
        ("fr", "tu fais comment pour la pâte"),
        ("fr", "quelqu'un sait où acheter la laine"),
        ("fr", "Quel objectif as-tu pris"),
        ("pt", "alguém sabe onde compra"),
        ("pt", "qual câmera vc usou"),
        ("pt", "dá pra congelar a massa"),
    ],
)
def test_questions_that_expect_an_answer(language: str, text: str) -> None:
    assert found(language, text) == (True, False, False)


@pytest.mark.parametrize(
    "language, text",
    [
        ("en", "What a shot"),
        ("en", "see https://x.example/?q=1"),
        ("en", "My daughter asked me why the sky is blue"),
        ("en", "that's how we do it"),
        ("en", "I know what you mean"),
        ("en", 'People keep saying "who reads blogs?" and I laugh'),
        ("en", "my boss asked are you ill?"),
        ("en", "when you make it, use rye"),
        ("de", "wie schön"),
        ("de", "ich weiß wie das ist"),
        ("de", "mein Sohn hat mich gefragt warum der Himmel blau ist"),
        ("es", "qué bonito"),
        ("es", "no sé cómo lo haces"),
        ("fr", "quelle belle plume"),
        ("fr", "je sais comment faire"),
        ("pt", "que linda foto"),
        ("pt", "não sei como você consegue"),
        ("en", ""),
    ],
)
def test_no_questions(language: str, text: str) -> None:
    assert found(language, text) == (False, False, False)


@pytest.mark.parametrize(
    "language, text",
    [
        ("en", "Ready to double your sales? https://x.example"),
        ("en", "Want more followers?"),
        ("en", "Tired of slow hosting? We can help."),
        ("de", "Möchtest du mehr Follower?"),
        ("de", "Interesse?"),
        ("es", "¿Quieres ganar dinero desde casa?"),
        ("fr", "Envie de plus de visibilité ?"),
        ("pt", "Quer ganhar seguidores?"),
    ],
)
def test_questions_that_open_a_pitch(language: str, text: str) -> None:
    question, fig_leaf, _ = found(language, text)
    assert (question, fig_leaf) == (True, True)


@pytest.mark.parametrize(
    "language, text",
    [
        ("en", "Who doesn't love cake?"),
        ("de", "Wer liebt denn keinen Kuchen?"),
        ("en", "Isn't it wonderful?"),
        ("en", "how cool is that?"),
        ("en", "Lovely weather, right?"),
        ("en", "really? another one?"),
        ("de", "Ist das nicht schön?"),
        ("de", "Wer hätte das gedacht?"),
        ("de", "Schön hier, oder?"),
        ("es", "¿A quién no le gusta el chocolate?"),
        ("fr", "Que demander de plus ?"),
        ("fr", "C'est beau, non ?"),
        ("pt", "Quem não ama um bolo?"),
        ("pt", "Lindo, né?"),
    ],
)
def test_rhetorical_questions(language: str, text: str) -> None:
    question, _, rhetorical = found(language, text)
    assert (question, rhetorical) == (True, True)


def test_one_genuine_question_is_enough() -> None:
    assert found("en", "Isn't it wonderful? Which route did you take?") == (True, False, False)


def test_languages_without_lists() -> None:
    assert found("xx", "foo?") == (True, None, None)
    assert found("xx", "foo") == (None, None, None)
    assert found("en", None) == (None, None, None)


@pytest.mark.parametrize("text", ["?" * 100_000, "how " * 200_000, "\x00?", "\u202e?", "what is " + "x" * 1_000_000])
def test_odd_texts(text: str) -> None:
    assert found("en", text)[0] is not None
