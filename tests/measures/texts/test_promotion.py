"""What is self-promotion: the purpose is attention or money for the writer's own offer, channel or page."""

import polars as pl
import pytest

from pipeline.measures.texts.promotion import promotion


def reason(text: str, language: str = "en", **known: object) -> str | None:
    found = promotion(
        pl.DataFrame({"text": [text], "language": [language], **{key: [value] for key, value in known.items()}})
    )
    flag, why = found.row(0)
    assert flag is (why is not None)
    return None if why is None else str(why)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Nice! Check out my channel 🙏"),
        ("en", "use code ANN10 at the till"),
        ("en", "DM me for rates"),
        ("en", "We help businesses like yours get more customers."),
        ("en", "20 % off until Sunday"),
        ("en", "new drop, link in bio"),
        ("en", "Worth it? Book a call with us"),
        ("en", "love your content! we'd love you as a brand ambassador"),
        ("en", "I made 4,000 a week with forex signals"),
        ("en", "Come listen to my new album"),
        ("es", "Sígueme y te sigo de vuelta"),
        ("es", "pásate por mi canal"),
        ("de", "Abonnier meinen Kanal!"),
        ("de", "Schaut gerne mal in meinem Shop vorbei"),
        ("fr", "abonne-toi à ma chaîne"),
        ("fr", "Devis gratuit et sans engagement"),
        ("pt", "me segue lá, novo vídeo no canal"),
        ("pt", "Orçamento sem compromisso"),
    ],
)
def test_pushing_what_is_ones_own(language: str, text: str) -> None:
    assert (reason(text, language) or "").startswith("self-promotion: ")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Your channel got me through the winter, thank you"),
        ("en", "My shop is closed today, shall we meet at yours?"),
        ("en", "I loved your book and my sister wants to read it too"),
        ("en", "Follow my advice and rest; my code doesn't compile either"),
        ("en", "Where did you get yours? I work from home on Fridays"),
        ("en", "Could you have a look at my CV?"),
        ("en", "Your new video is out! Loved it"),
        ("es", "Tu libro me cambió la vida, mira mi ejemplar"),
        ("es", "En los últimos días no he dormido, escríbeme si quieres"),
        ("de", "Schau mal, mein Kater schläft. Ich biete dir meine Hilfe an"),
        ("de", "Bin wieder da! Besuch mich mal"),
        ("fr", "Je propose qu'on se voie samedi, tu es disponible en mars ?"),
        ("fr", "Passe voir mes parents, écris-moi sur WhatsApp"),
        ("pt", "Estou vendo o jogo, me chama quando chegar"),
        ("pt", "Olha minha gata! Passa na minha casa amanhã"),
        ("es", "Me encantó tu canal, gracias por enseñarme a coser"),
        ("de", "Dein Kanal hat mir sehr geholfen, danke"),
        ("fr", "J'adore ta chaîne, surtout l'épisode sur les ruches"),
        ("pt", "Adorei o seu canal, aprendi a fazer pão"),
    ],
)
def test_talk_about_pages_is_none(language: str, text: str) -> None:
    assert reason(text, language) is None


def test_what_was_asked_for_or_disclosed_is_none() -> None:
    pitch = "Check out my channel, I post one a week"
    assert reason(pitch, parent="Do you have a channel?", parent_question=True) is None
    assert reason(pitch, parent="What a day!", parent_question=False) is not None
    assert reason(f"{pitch}, as promised") is None
    assert reason(f"{pitch}. Full disclosure, it's mine", parent="Which videos help with knots?") is None
    assert reason(f"{pitch}. Full disclosure, it's mine") is not None


def test_a_link_to_ones_own_page() -> None:
    assert reason("my new blog post: ann.com", has_own_url=True) is not None
    assert reason("so true ann.com", has_own_url=True, link_drop=True) is not None
    assert reason("so true ann.com", has_own_url=True, link_drop=False) is None


def test_other_languages_are_not_assessed() -> None:
    for language in ("und", "fi", None):
        found = promotion(
            pl.DataFrame({"text": ["follow me"], "language": [language]}, schema_overrides={"language": pl.String})
        )
        assert found.row(0) == (None, None)


@pytest.mark.parametrize(
    "text", [None, "", "🎉" * 10, "مرحبا", "a\0b", "\u200b", "x" * 1_000_000, "check out my " * 80_000]
)
def test_odd_texts_get_an_answer(text: str | None) -> None:
    found = promotion(pl.DataFrame({"text": [text], "language": ["en"]}, schema_overrides={"text": pl.String}))
    assert found.height == 1


def test_rows_keep_their_order() -> None:
    texts = pl.DataFrame({"text": ["hallo", "follow me", "folgt mir", None], "language": ["de", "en", "de", "en"]})
    assert promotion(texts)["self_promotion_reason"].is_null().to_list() == [True, False, False, True]
