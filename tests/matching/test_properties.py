"""What must hold for every log, and equality with the brute-force reference."""

import random
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.matching.deduplication import deduplicate
from pipeline.matching.match import ANALYSES
from pipeline.matching.parameters import MatchingParameters
from pipeline.model.codes import Initiator, Outcome
from pipeline.model.schemas import COVERAGE, INTERACTIONS
from tests.matching.reference import DAY, HOUR, SECOND, Ev, brute, frame
from tests.matching.running import all_gestures, match

P = MatchingParameters()


def random_log(rng: random.Random, size: int) -> list[Ev]:
    """Draw a log full of ties: few people, few hours, coarse rows, ordered and unordered files, all kinds of links."""
    events: list[Ev] = []
    ordered = {"f1": False, "f2": True, "f3": True}
    for k in range(size):
        res = rng.choice([1, 1, 1, 60, 86400])
        t = rng.choice([rng.randrange(0, 4 * 24) * HOUR, rng.randrange(40) * DAY, rng.randrange(50) * SECOND])
        t -= t % (res * SECOND)
        source = rng.choice(list(ordered))
        link = rng.random()
        cls = rng.choice(["message", "message", "comment", "reaction"])
        events.append(
            Ev(
                id=f"e{rng.randrange(10**6):06d}_{k}",
                out=rng.random() < 0.5,
                t=20 * DAY + t,
                contact=rng.choice(["ann", "ann", "bob"]),
                res=res,
                platform=rng.choice(["p", "p", "q"]),
                cls=cls,
                thread=rng.choice([None, None, "a", "b"]),
                reply_to=None if link < 0.7 or not events else "gone" if link < 0.75 else rng.choice(events).id,
                group=cls == "message" and rng.random() < 0.2,
                source=source,
                seq=rng.randrange(5) if ordered[source] else None,
                account=rng.choice(["me", "me", "me2"]),
            )
        )
    # links may also point forward in the log
    return [replace(e, reply_to=rng.choice(events).id) if rng.random() < 0.08 else e for e in events]


def vectorised(events: list[Ev], initiator: Initiator, outcome: Outcome, parameters: MatchingParameters = P) -> tuple[set[tuple[object, ...]], set[tuple[object, ...]], dict[str, int]]:  # fmt: skip
    matched = match(frame(events), parameters, initiator=initiator, outcome=outcome)
    answered = matched.gestures.filter(status="answered")
    pairs = answered.select(
        "first_interaction_id", "response_interaction_id", "grade", "lag_us", "lag_last_us", "uncertain"
    )
    states = matched.gestures.select("first_interaction_id", "status", "interactions", "superseded_after_us")
    return set(pairs.rows()), set(states.rows()), dict(matched.counts)


@pytest.mark.parametrize("seed", range(120))
def test_reference_and_vectorised_agree(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - test data, not secrets
    events = random_log(rng, rng.randrange(1, 28))
    for initiator, outcome in (("me", "worded"), ("me", "any"), ("them", "worded"), ("them", "any")):
        pairs, states, counts = vectorised(events, initiator, outcome)  # type: ignore[arg-type]  # the loop's words are the literals
        expected = brute(events, initiator == "me", worded=outcome == "worded")
        assert pairs == expected.pairs
        assert states == expected.gestures
        assert {name: counts[name] for name in expected.counts} == expected.counts


logs = st.builds(lambda seed, size: random_log(random.Random(seed), size), st.integers(0, 2**32), st.integers(1, 24))  # noqa: S311 - test data
relaxed = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@relaxed
@given(logs, st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(events: list[Ev], rng: random.Random) -> None:
    shuffled = list(events)
    rng.shuffle(shuffled)
    assert vectorised(events, "me", "any") == vectorised(shuffled, "me", "any")


@relaxed
@given(logs)
def test_constant_shift_changes_nothing(events: list[Ev]) -> None:
    moved = [replace(e, t=e.t + 9 * HOUR) for e in events]
    assert vectorised(events, "them", "any") == vectorised(moved, "them", "any")


@relaxed
@given(logs)
def test_people_are_independent(events: list[Ev]) -> None:
    whole = vectorised(events, "me", "any")
    parts = [vectorised([e for e in events if e.contact == who], "me", "any") for who in ("ann", "bob")]
    assert whole[0] == parts[0][0] | parts[1][0]
    assert whole[1] == parts[0][1] | parts[1][1]


@relaxed
@given(logs)
def test_nothing_is_used_twice(events: list[Ev]) -> None:
    pairs = list(vectorised(events, "me", "any")[0])
    assert len({pair[0] for pair in pairs}) == len({pair[1] for pair in pairs}) == len(pairs)


@relaxed
@given(logs)
def test_wider_windows(events: list[Ev]) -> None:
    narrow = MatchingParameters(window_thread_us=DAY, window_channel_us=2 * DAY, window_contact_us=DAY)
    base = vectorised(events, "me", "any", narrow)[0]
    assert base <= vectorised(events, "me", "any", replace(narrow, window_contact_us=5 * DAY))[0]
    wider = vectorised(events, "me", "any", replace(narrow, window_thread_us=9 * DAY))[0]
    assert {pair for pair in base if pair[2] in ("A", "B")} <= wider


@relaxed
@given(logs, st.integers(1, 30))
def test_contacts_matched_in_slices_give_the_same(events: list[Ev], slice_rows: int) -> None:
    for initiator, outcome in ANALYSES:
        whole = match(frame(events), P, initiator=initiator, outcome=outcome)
        sliced = match(frame(events), P, initiator=initiator, outcome=outcome, slice_rows=slice_rows)
        assert whole.gestures.equals(sliced.gestures)
        assert whole.counts == sliced.counts


def exported(events: list[Ev], exports: int, *, with_ids: bool) -> pl.DataFrame:
    """Write what `exports` exports show of the same interactions, deduplicated, as the matcher reads it."""
    rows = frame(events).with_columns(
        pl.col("account_id").alias("account"), pl.col("contact_id").alias("contact"), pl.col("thread_id").alias("thread"),
        pl.col("native_id") if with_ids else pl.lit(None, pl.String).alias("native_id"),
    )  # fmt: skip
    archives = [
        rows.with_columns(pl.col("archive_id") + " later" * number, pl.lit(number).alias("exported_at"))
        for number in range(exports)
    ]
    return deduplicate(pl.concat(archives)).rows.select(INTERACTIONS.keys())


@relaxed
@given(logs, st.booleans())
def test_the_same_rows_in_a_second_export_change_nothing(events: list[Ev], with_ids: bool) -> None:
    once, twice = (
        match(exported(events, exports, with_ids=with_ids), P, initiator="me", outcome="any") for exports in (1, 2)
    )
    assert once.gestures.equals(twice.gestures)
    assert once.counts == twice.counts


@relaxed
@given(logs)
def test_gestures_come_sorted_and_named_apart(events: list[Ev]) -> None:
    gestures, _ = all_gestures(frame(events), pl.DataFrame(schema=COVERAGE), P)
    assert gestures.equals(gestures.sort("initiator", "outcome", "contact_id", "started_at", "first_interaction_id"))
    assert gestures["gesture_id"].n_unique() == gestures.height
