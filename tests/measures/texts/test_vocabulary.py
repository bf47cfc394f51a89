"""Word lists: how a phrase of a list becomes a pattern, and that every packaged list is well formed."""

import re
import tomllib
from pathlib import Path

import polars as pl
import pytest

from pipeline.measures.texts import vocabulary
from pipeline.measures.texts.phrase_text import phrase_text

LISTS = sorted(Path(vocabulary.__file__).parent.glob("lists/*/*.toml"))


@pytest.mark.parametrize(
    "phrase, matching, other",
    [
        ("está", ["está", "esta", "no está."], ["estás", "restá"]),
        ("=está", ["está"], ["esta"]),
        ("schöne grüße", ["schöne grüße", "schoene gruesse", "schone  grusse"], ["schöne"]),
        ("don't", ["don't", "dont", "don’t"], ["do not"]),
        ("=i'll", ["i'll"], ["ill"]),
        ("check out", ["check out", "check-out", "check  out"], ["checkout", "check it out"]),
        ("thanks for … help", ["thanks for help", "thanks for all your kind help"], ["thanks for it. so help"]),
        ("a …1 b", ["a b", "a x b"], ["a x y b"]),
        ("genial*", ["genial", "genialer"], ["kongenial"]),
        ("mach * auf", ["mach es auf"], ["mach auf", "mach es bald auf"]),
        ("thank (you|u) [so] much", ["thank you much", "thank u so much"], ["thank so much"]),
        ("send [it] [to] me", ["send me", "send it me", "send it to me"], ["send you"]),
        ("[please] [do] send", ["send", "please send", "do send", "please do send"], ["resend"]),
        ("give … [a] look", ["give look", "give it a look", "give us a look"], ["giv look"]),
        ("(a [b]|[c] d) e", ["a e", "a b e", "d e", "c d e"], ["b e"]),
        ("a [b] [c]", ["a", "a b", "a b c", "a c"], ["b c"]),
        ("[many] thanks", ["thanks", "many thanks"], ["many"]),
        (
            "want [to] [get] more fans",
            ["want more fans", "want to more fans", "want to get more fans"],
            ["want to fans"],
        ),
        ("[oh] [my] god", ["god", "my god", "oh god", "oh my god"], ["oh my"]),
        ("good job[s]", ["good job", "good jobs"], ["good jobx"]),
        ("well done[!]", ["well done", "well done!"], ["well"]),
        ("100 %", ["100 %"], ["2100 %"]),
        ("❤ you", ["i ❤ you"], ["i love you"]),
    ],
)
def test_a_phrase_matches(phrase: str, matching: list[str], other: list[str]) -> None:
    expression = vocabulary.pattern([phrase])
    assert pl.Series(matching).str.contains(expression).all()
    assert not pl.Series(other).str.contains(expression).any()


def test_no_phrases_match_nothing() -> None:
    assert pl.Series(["", "a"]).str.contains(vocabulary.pattern([])).to_list() == [False, False]


def test_the_longest_phrase_matches_and_the_list_is_quoted() -> None:
    texts = pl.Series(["thanks for all my help", "thanks", "nothing", None, "thank u so very much"])
    wanted = ["thanks", "thanks for … help", "thank (you|u) [so] [very] much"]
    assert vocabulary.matched_phrase(texts, wanted).to_list() == [
        "thanks for … help",
        "thanks",
        None,
        None,
        "thank you much",
    ]


def test_unknown_languages_have_no_phrases() -> None:
    assert vocabulary.phrases("xx", "words", "praise") == ()
    assert "xx" not in vocabulary.LANGUAGES


def test_five_languages_have_lists() -> None:
    assert set(vocabulary.LANGUAGES) >= {"de", "en", "es", "fr", "pt"}


@pytest.mark.parametrize("path", LISTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_list_is_well_formed(path: Path) -> None:
    """Phrases are lower case, no list has one twice, and each is a valid pattern for Polars and for Python."""
    for key in vocabulary.keys(path.parent.name, path.stem):
        found = vocabulary.phrases(path.parent.name, path.stem, key)
        assert all(isinstance(phrase, str) and phrase and phrase == phrase.lower().strip() for phrase in found), key
        assert len(set(found)) == len(found), sorted(phrase for phrase in found if found.count(phrase) > 1)
        for phrase in found:
            expression = vocabulary.phrase_pattern(phrase)
            assert re.compile(expression).groups == 0
            pl.Series([""]).str.contains(expression)
    assert tomllib.loads(path.read_text("utf-8"))


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Don’t\u200b GO", "don't go"),
        ("see https://x.example/Y now", "see <url> now"),
        ("@Ana thx", "<user> thx"),
        ("sooooo", "soo"),
        ("a\n\tb", "a b"),
        ("\x00", ""),
        ("x" * 9000, "xx"),
    ],
)
def test_text_that_is_searched(text: str, expected: str) -> None:
    assert phrase_text(pl.Series([text])).to_list() == [expected]
