"""WhatsApp: each phrase of each language is classified as what it is."""

from pipeline.sources.whatsapp.chat import name_in
from pipeline.sources.whatsapp.language_tables import languages
from pipeline.sources.whatsapp.texts import content_of, is_done_by_me, is_group_line, is_notice, is_system

MARKS = ("\u200e", "\u200f")


def phrases(kind: str) -> list[tuple[str, str]]:
    return [
        (code, phrase.replace("{}", "Runa Dahl"))
        for code, table in languages().items()
        for phrase in getattr(table, kind)
    ]


def test_the_commonest_languages_have_all_kinds() -> None:
    common = [
        "en",
        "zh",
        "hi",
        "es",
        "fr",
        "ar",
        "bn",
        "pt",
        "ru",
        "ur",
        "id",
        "de",
        "ja",
        "tr",
        "ko",
        "vi",
        "it",
        "fa",
        "pl",
        "nl",
        "uk",
        "he",
        "th",
    ]
    kinds = ("media", "deleted", "deleted_by_me", "calls", "group", "other", "encrypted")
    missing = [(code, kind) for code in common for kind in kinds if not getattr(languages()[code], kind)]
    assert missing == []


def test_deleted() -> None:
    for language, phrase in phrases("deleted"):
        for text in (phrase, f"{phrase}."):
            assert content_of(f"\u200e{text}", [], marked=False, ios=True).kind == "deleted", (language, phrase)
            assert content_of(text, [], marked=False, ios=False).kind == "deleted"


def test_deleted_by_me() -> None:
    for language, phrase in phrases("deleted_by_me"):
        assert content_of(f"\u200f{phrase}.", [], marked=False, ios=True).kind == "deleted_by_me", (language, phrase)


def test_media() -> None:
    for language, phrase in phrases("media"):
        for mark in MARKS:
            assert content_of(f"{mark}{phrase}", [], marked=True, ios=True)[:2] == ("message", ""), (language, phrase)


def test_calls() -> None:
    for language, phrase in phrases("calls"):
        for mark in MARKS:
            assert content_of(f"{mark}{phrase}", [], marked=False, ios=True).kind == "call", (language, phrase)


def test_edited() -> None:
    for language, phrase in phrases("edited"):
        assert content_of(f"hi {phrase}", [], marked=False, ios=False)[:2] == ("message", "hi"), (language, phrase)


def test_system_lines() -> None:
    for language, phrase in [*phrases("group"), *phrases("other"), *phrases("encrypted")]:
        for mark in MARKS:
            assert content_of(f"{mark}{phrase}", [], marked=False, ios=True).kind == "system", (language, phrase)
        assert is_system(f"Ada {phrase} Bo") or is_system(phrase)


def test_group_lines() -> None:
    for language, phrase in phrases("group"):
        assert is_group_line(phrase), (language, phrase)


def test_notices() -> None:
    for language, phrase in phrases("encrypted"):
        assert is_notice(phrase), (language, phrase)


def test_acts_of_the_owner() -> None:
    for language, phrase in phrases("done_by_me"):
        assert is_done_by_me(f"\u200e{phrase}."), (language, phrase)


def test_names_of_files() -> None:
    for language, phrase in phrases("chat_names"):
        assert name_in(f"{phrase}.txt").name == "Runa Dahl", (language, phrase)
