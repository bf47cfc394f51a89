"""Which texts are templated: nearly the same words to at least three people within some 90 days."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.measures.texts.near_duplicates import near_duplicates
from pipeline.measures.texts.templated import templated

DAY = 24 * 3600 * 1_000_000
ALONE = [
    *(pl.lit(value).alias(name) for name, value in {"platform": "x", "account_id": "x:me", "class": "message"}.items()),
    pl.lit(None, pl.String).alias("thread_id"),
    pl.lit(value=False).alias("is_group"),
    pl.col("interaction_id").alias("native_id"),
]
"""Every text is sent to one person alone."""
PITCH = "I loved your last post and wondered whether you would like to be on our show some day"


def judged(*sent: tuple[str, float, str | None], names: dict[str, list[str]] | None = None) -> list[str | None]:
    """Return the reason of each text, sent to a contact on a day."""
    rows = pl.DataFrame(
        {
            "interaction_id": [f"i{k}" for k in range(len(sent))],
            "contact_id": [contact for contact, _, _ in sent],
            "at": [round(day * DAY) for _, day, _ in sent],
            "text": [text for _, _, text in sent],
            "names": [(names or {}).get(contact) for contact, _, _ in sent],
        },
        schema_overrides={"text": pl.String, "names": pl.List(pl.String)},
    )
    found = templated(rows.with_columns(ALONE))
    assert found["interaction_id"].equals(rows["interaction_id"])
    assert found["templated"].equals(found["templated_reason"].is_not_null().rename("templated"))
    return found["templated_reason"].to_list()


def test_the_same_text_to_three_people_is_templated() -> None:
    said = "templated: the same text went to 3 people"
    assert judged(("a", 0, PITCH), ("b", 1, PITCH), ("c", 2, PITCH)) == [said] * 3
    assert judged(("a", 0, PITCH), ("b", 1, PITCH)) == [None] * 2
    assert judged(("a", 0, PITCH), ("a", 1, PITCH), ("a", 2, PITCH), ("b", 2, PITCH)) == [None] * 4


def test_one_act_to_several_people_is_no_template() -> None:
    def people(rows: int, acts: int, **known: object) -> list[bool]:
        one = pl.DataFrame({"interaction_id": [f"i{k}" for k in range(rows)], "at": [k % acts for k in range(rows)]})
        one = one.with_columns(
            *ALONE, pl.lit(PITCH).alias("text"), pl.lit([], pl.List(pl.String)).alias("names"),
            contact_id="interaction_id",
        )  # fmt: skip
        return templated(one.with_columns(pl.lit(value).alias(name) for name, value in known.items()))[
            "templated"
        ].to_list()

    assert people(4, 1, is_group=True, thread_id="t") == [False] * 4
    # the same text three times to a group, or in several groups, each time to others
    assert people(6, 3, is_group=True, thread_id="t") == [True] * 6
    # a public text that mentions three people; a mass mail has one id too, but each gets it alone
    assert people(3, 1, native_id="7", **{"class": "comment"}) == [False] * 3
    assert people(3, 1, native_id="7") == [True] * 3
    assert people(3, 1, **{"class": "comment"}) == [True] * 3


def test_nearly_the_same_text_is_templated() -> None:
    said = "templated: nearly the same text went to 3 people"
    other = PITCH.replace("some day", "some night")
    assert judged(("a", 0, PITCH), ("b", 1, PITCH.upper() + "!!"), ("c", 2, other)) == [said] * 3
    half = "I loved your last post and wanted to say how much the part about the harbour moved us"
    assert judged(("a", 0, PITCH), ("b", 1, PITCH), ("c", 2, half)) == [None] * 3


def test_names_and_greetings_are_masked() -> None:
    names = {"a": ["Anna Weiß", "Me"], "b": ["Bob", "Me"], "c": ["Dr. Çelik", "Me"]}
    texts = [
        ("a", 0, "Hi Anna, happy birthday!"),
        ("b", 1, "Dear Bob! Happy birthday"),
        ("c", 2, "happy birthday Çelik 🎉"),
    ]
    assert judged(*texts, names=names) == [None] * 3  # the emoji is a word
    texts[2] = ("c", 2, "happy birthday Çelik, Me")
    assert judged(*texts, names=names) == ["templated: the same text went to 3 people"] * 3
    # a nickname after the greeting is masked without being known
    assert (
        judged(("a", 0, "Hey Annie, see you there"), ("b", 0, "hallo Bobby! See you there"), ("c", 0, "see you there"))
        == ["templated: the same text went to 3 people"] * 3
    )


def test_short_texts_match_only_if_they_are_equal() -> None:
    near = [("a", 0, "one two three four five"), ("b", 0, "one two three four five"), ("c", 0, "one two three four")]
    assert judged(*near) == [None] * 3
    assert judged(*((contact, 0, "love this so much") for contact in "abc"))[0] is not None


@pytest.mark.parametrize("text", ["ok", "Thanks!", "🎉", "", None, "Hi Anna!", "\0", "\u200b"])
def test_a_single_word_is_no_template(text: str | None) -> None:
    assert judged(*((contact, 0, text) for contact in "abcd"), names={"a": ["Anna"], "b": ["Anna"]}) == [None] * 4


def test_three_people_within_some_ninety_days() -> None:
    apart = [("a", 0, PITCH), ("b", 60, PITCH), ("c", 120, PITCH)]
    assert judged(*apart) == [None] * 3
    # one window suffices, and every text of the group is then templated
    assert None not in judged(*apart, ("b", 110, PITCH), ("d", 130, PITCH))
    assert None not in judged(("a", 0, PITCH), ("b", 45, PITCH), ("c", 90, PITCH))
    assert judged(("a", 0, PITCH), ("b", 45, PITCH), ("c", 90.01, PITCH)) == [None] * 3


@pytest.mark.parametrize(
    "text",
    ["x" * 1_000_000, "word " * 200_000, "🎉 " * 50, "مرحبا كيف حالك اليوم يا صديقي العزيز", "a\0b c\0d e f g h"],
)
def test_odd_texts_get_an_answer(text: str) -> None:
    assert len(judged(*((contact, 0, text) for contact in "abc"))) == 3


def test_no_texts() -> None:
    assert judged() == []
    assert judged(("a", 0, None)) == [None]


WORDS = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=12).map(" ".join)


def brute(texts: list[str]) -> set[frozenset[str]]:
    """Compare every pair of texts, as sets of trigrams written out."""
    groups = [{text} for text in texts]
    for left in texts:
        for right in texts:
            one, two = (
                {" ".join(text.split()[k : k + 3]) for k in range(len(text.split()) - 2)} for text in (left, right)
            )
            if min(len(left.split()), len(right.split())) >= 6 and len(one & two) >= 0.8 * len(one | two):
                joined = [group for group in groups if left in group or right in group]
                groups = [group for group in groups if group not in joined] + [set().union(*joined)]
    return {frozenset(group) for group in groups}


@given(st.sets(WORDS, max_size=30))
def test_groups_are_those_of_every_pair_compared(texts: set[str]) -> None:
    ordered = sorted(texts)
    found: dict[int, set[str]] = {}
    for text, group in zip(ordered, near_duplicates(pl.Series(ordered, dtype=pl.String)), strict=True):
        found.setdefault(group, set()).add(text)
    assert {frozenset(group) for group in found.values()} == brute(ordered)


def test_a_large_group_is_found_whole() -> None:
    base = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    texts = sorted(f"{base} x{k}" for k in range(7_000))
    assert near_duplicates(pl.Series(texts)).n_unique() == 1


@given(st.permutations(list(range(8))), st.lists(WORDS, min_size=8, max_size=8))
def test_the_order_of_rows_does_not_matter(order: list[int], texts: list[str]) -> None:
    sent = [(str(k % 5), k * 20.0, text) for k, text in enumerate(texts)]
    direct = judged(*sent)
    shuffled = judged(*(sent[k] for k in order))
    assert shuffled == [direct[k] for k in order]
