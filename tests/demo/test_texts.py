"""The invented texts: broad stock, labelled, the same for the same seed, and without a say in who answers when."""

import hashlib
import re
from collections import defaultdict
from dataclasses import replace
from string import Formatter

import pytest

from pipeline.demo.simulator import SEED, simulate
from pipeline.demo.texts import purposes
from pipeline.demo.texts.stock import LANGUAGES, sentences, topics
from pipeline.demo.texts.words_of_world import WORDED, write_texts
from pipeline.demo.world import Act, World

DAY = 86_400_000_000
EVERYWHERE = (
    "acknowledgement", "answer", "answer_criticism", "answer_question", "ask", "ask_please", "complaint", "congratulation",
    "criticism", "disclosure_1", "disclosure_2", "disclosure_3", "farewell", "generic", "greeting", "link_drop", "offer",
    "opener", "outreach", "promotion", "question", "remark", "resource", "sympathy", "tail", "thanks", "thanks_named",
    "wrapped_criticism",
)  # fmt: skip
ENGLISH = ("campaign", "post", "post_title")
SLOTS = {"topic", "detail", "day", "n", "name", "link", "own"}


@pytest.fixture(scope="module")
def world() -> World:
    return simulate()


@pytest.fixture(scope="module")
def worded(world: World) -> list[Act]:
    return [act for act in world.acts if act.kind in WORDED]


def _stock() -> list[str]:
    return [
        sentence
        for language in LANGUAGES
        for key in (*EVERYWHERE, *(ENGLISH if language == "en" else ()))
        for sentence in sentences(language, key)
    ]


def test_the_stock_is_broad() -> None:
    assert LANGUAGES == ("de", "en", "es", "fr", "pt")
    assert len(set(_stock())) >= 400


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_every_topic(language: str) -> None:
    assert len(sentences(language, "topic")) == topics()


def test_slots_are_known() -> None:
    used = {slot for sentence in _stock() for _, slot, _, _ in Formatter().parse(sentence) if slot is not None}
    assert used == SLOTS


def test_who_writes_to_whom_and_when_stays_as_published(world: World) -> None:
    truth = hashlib.blake2b(digest_size=8)
    for act in world.acts:
        row = (act.id, act.platform, act.person, act.direction, act.kind, act.at, act.thread, act.reply_to, act.visible)
        truth.update(repr(row).encode())
    assert (len(world.acts), truth.hexdigest()) == (24_165, "438f0e7506df6290")


def test_texts_change_nothing_else(world: World) -> None:
    others = write_texts(world.owner, world.people, world.acts, world.posts, answers={}, seed=SEED + 1)[0]
    bare = [[replace(act, text="", planted="", language="") for act in acts] for acts in (world.acts, others)]
    assert bare[0] == bare[1]
    assert [act.text for act in others] != [act.text for act in world.acts]


def test_the_same_seed_gives_the_same_world(world: World) -> None:
    assert simulate() == world


def test_all_words_are_labelled(world: World, worded: list[Act]) -> None:
    assert {act.planted for act in worded} == {
        *EVERYWHERE, purposes.TEMPLATED, purposes.CAMPAIGN,
    } - {"opener", "tail", "greeting", "farewell", "outreach"}  # fmt: skip
    assert {act.language for act in worded} == set(LANGUAGES)
    assert all(act.text for act in worded)
    assert not any(act.text or act.planted for act in world.acts if act.kind not in WORDED)


def test_no_text_is_unduly_frequent(worded: list[Act]) -> None:
    assert len({act.text for act in worded}) > 0.6 * len(worded)


def test_letters_go_to_several_people_with_small_changes(worded: list[Act]) -> None:
    letters = [act for act in worded if act.planted == purposes.TEMPLATED]
    endings = [letter[-40:] for language in LANGUAGES for letter in sentences(language, "outreach")]
    reached: dict[str, set[str]] = defaultdict(set)
    for act in letters:
        (ending,) = [end for end in endings if end in act.text]
        reached[ending].add(act.person)
    assert len(reached) >= 5
    assert min(len(people) for people in reached.values()) >= 3
    assert len({act.text for act in letters}) > 0.9 * len(letters)
    assert {act.direction for act in letters} == {"outbound"}


def test_a_campaign_goes_to_many_within_a_day(worded: list[Act]) -> None:
    sends = [act for act in worded if act.planted == purposes.CAMPAIGN]
    assert len({act.person for act in sends}) == len(sends) >= 5
    assert len({act.text for act in sends}) == 1
    assert sends[-1].at - sends[0].at < DAY


def test_a_few_people_advertise_and_one_does_it_once(world: World, worded: list[Act]) -> None:
    times: dict[str, int] = defaultdict(int)
    for act in worded:
        if act.planted in {purposes.LINK_DROP, purposes.PROMOTION}:
            times[act.person] += 1
            assert act.direction == "inbound"
            assert "https://" not in act.text or world.person(act.person).site in act.text
    assert 5 <= len(times) <= 8
    assert min(times.values()) == 1
    assert sum(times.values()) < 40


def test_answers_take_up_words_of_what_they_answer(worded: list[Act]) -> None:
    by_id = {act.id: act for act in worded}
    pairs = [(act, by_id[act.reply_to]) for act in worded if act.reply_to and act.planted.startswith("answer")]
    shared = [_words(act) & _words(above) for act, above in pairs]
    assert len(pairs) > 100
    assert sum(map(bool, shared)) > 0.5 * len(pairs)


def _words(act: Act) -> set[str]:
    return set(re.findall(r"\w{5,}", act.text.casefold()))


def test_links_lead_nowhere(world: World) -> None:
    texts = [*(act.text for act in world.acts), *(post.text for post in world.posts)]
    hosts = {host for text in texts for host in re.findall(r"https?://([^/\s]+)", text)}
    assert hosts
    assert all(host.endswith((".example", ".example.org")) for host in hosts)
