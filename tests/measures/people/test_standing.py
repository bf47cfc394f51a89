"""The order of evidence, the tiers, and evidence that makes no tier."""

from collections.abc import Mapping
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.measures.people.audience_tiers import TierLimits
from pipeline.measures.people.follow_lists import complete_pairs, own_audiences
from pipeline.measures.people.standing import ranked_evidence, standing_table
from pipeline.measures.reciprocation.tier_history import tier_history
from tests.measures.people.logs import DAY, START, event, interactions

SEEN = START + 100 * DAY
DECISIONS: Mapping[str, Any] = {"contact_id": pl.String, "tier": pl.String, "audience": pl.Int64}
TIES: Mapping[str, Any] = {
    "contact_id": pl.String, "account_id": pl.String, "platform": pl.String, "kind": pl.String, "since": pl.Int64,
    "last_seen_at": pl.Int64, "missing_since": pl.Int64, "archive_id": pl.String,
}  # fmt: skip
LISTS: Mapping[str, Any] = {
    "account_id": pl.String, "platform": pl.String, "kind": pl.String, "complete": pl.Boolean, "as_of": pl.Int64,
}  # fmt: skip


def decisions(*rows: tuple[str, str | None, int | None]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=dict(DECISIONS), orient="row")


def ties(*pairs: tuple[str, str], platform: str = "x", missing_since: int | None = None) -> pl.DataFrame:
    rows = [(who, "me", platform, kind, None, SEEN, missing_since, "z") for who, kind in pairs]
    return pl.DataFrame(rows, schema=dict(TIES), orient="row")


def lists(*kinds: str, complete: bool = True, as_of: int = SEEN, platform: str = "x") -> pl.DataFrame:
    return pl.DataFrame([("me", platform, kind, complete, as_of) for kind in kinds], schema=dict(LISTS), orient="row")


BOTH = lists("follows", "followed_by")


def standing_of(*names: str, **given_frames: Any) -> list[tuple[Any, ...]]:
    frames: dict[str, Any] = {"decisions": decisions(), "ties": ties(), "lists": lists()} | given_frames
    people = pl.DataFrame({"contact_id": list(names) or ["ann"]})
    return standing_table(people, **frames).select("contact_id", "tier", "evidence", "value", "source", "as_of").rows()


def test_nothing_known_is_unknown() -> None:
    assert standing_of() == [("ann", "unknown", "none", None, None, None)]


def test_a_tier_set_by_the_owner_takes_precedence() -> None:
    found = standing_of(decisions=decisions(("ann", "newbie", 10**6)), ties=ties(("ann", "follows")), lists=BOTH)
    assert found == [("ann", "newbie", "owner_tier", None, "contacts.csv", None)]


@pytest.mark.parametrize(
    "audience, tier",
    [(9_999, "guru"), (9_998, "peer"), (100, "peer"), (99, "newbie"), (0, "newbie"), (1_000_000, "guru")],
)
def test_tiers_by_log_ratio_against_the_owners_audience(audience: int, tier: str) -> None:
    # owner: 999 followers, so r = log10((audience + 1) / 1000)
    found = standing_of(decisions=decisions(("ann", None, audience)), audiences={"x": 999})
    assert found == [("ann", tier, "owner_audience", float(audience), "contacts.csv", None)]


def test_limits_are_settings() -> None:
    limits = TierLimits(guru=0.5, newbie=-0.1)
    assert standing_of(decisions=decisions(("ann", None, 4000)), audiences={"x": 999}, limits=limits)[0][1] == "guru"
    assert standing_of(decisions=decisions(("ann", None, 700)), audiences={"x": 999}, limits=limits)[0][1] == "newbie"


def test_an_audience_without_the_owners_stays_unknown_and_is_shown() -> None:
    assert standing_of(decisions=decisions(("ann", None, 5000))) == [
        ("ann", "unknown", "owner_audience", 5000.0, "contacts.csv", None)
    ]


def test_the_owners_audience_comes_from_complete_lists() -> None:
    known = ties(("ann", "followed_by"), ("bob", "followed_by"), ("cid", "follows"))
    assert own_audiences(known, BOTH, {}) == {"x": 2}
    assert own_audiences(known, lists("followed_by", complete=False), {}) == {}
    assert own_audiences(known, BOTH, {"x": 500, "threads": 7}) == {"x": 500, "threads": 7}
    assert own_audiences(ties(("ann", "followed_by"), missing_since=SEEN), BOTH, {}) == {"x": 0}


def test_follow_structure_is_a_labelled_hint() -> None:
    known = ties(("ann", "follows"), ("bob", "follows"), ("bob", "followed_by"), ("cid", "followed_by"))
    source = "x follow lists, a hint"
    assert standing_of("ann", "bob", "cid", "dan", ties=known, lists=BOTH) == [
        ("ann", "guru", "follow_structure_upward", None, source, SEEN),
        ("bob", "peer", "follow_structure_mutual", None, source, SEEN),
        ("cid", "newbie", "follow_structure_downward", None, source, SEEN),
        ("dan", "unknown", "none", None, None, None),
    ]


def test_the_hint_is_of_the_date_at_which_both_lists_were_complete() -> None:
    # mutual at the date of the last two complete lists; a month later only the list of the owner's follows is there, without
    # ann and with cid, which must not change either relation as of the earlier date
    later = SEEN + 30 * DAY
    known = pl.concat([
        ties(("ann", "follows"), missing_since=later), ties(("ann", "followed_by"), ("bob", "follows")),
        ties(("cid", "follows")).with_columns(since=pl.lit(later), last_seen_at=pl.lit(later)),
        ties(("dan", "follows"), missing_since=SEEN),
    ])  # fmt: skip
    found = standing_of("ann", "bob", "cid", "dan", ties=known, lists=pl.concat([BOTH, lists("follows", as_of=later)]))
    assert [(who, tier, as_of) for who, tier, _, _, _, as_of in found] == [
        ("ann", "peer", SEEN), ("bob", "guru", SEEN), ("cid", "unknown", None), ("dan", "unknown", None),
    ]  # fmt: skip


def test_tiers_as_they_were() -> None:
    # START is 2024-01-01, SEEN in April. Ann followed back in March, having answered at last: rated by today's lists, she was a
    # peer whenever I wrote to her, and the gurus left over were those who never answered
    def dated(who: str, kind: str, since: int | None, platform: str = "x") -> pl.DataFrame:
        return ties((who, kind), platform=platform).with_columns(since=pl.lit(since, pl.Int64))

    known = pl.concat([
        dated("ann", "follows", START + 3 * DAY), dated("ann", "followed_by", START + 65 * DAY),
        dated("bob", "followed_by", START + 3 * DAY), dated("bob", "follows", START + 4 * DAY),
        dated("cid", "follows", None),
        dated("dan", "followed_by", START + 3 * DAY), dated("dan", "follows", START + 40 * DAY, "threads"),
    ])  # fmt: skip
    seen = pl.concat([BOTH, lists("follows", "followed_by", platform="threads")])
    said = decisions(("eve", "newbie", None))
    now = standing_table(
        pl.DataFrame({"contact_id": ["ann", "bob", "cid", "dan", "eve", "fay"]}), decisions=said, ties=known, lists=seen
    )
    january = 2024 * 12
    assert tier_history(now, known, seen, "UTC").rows() == [
        ("ann", january, "guru"), ("ann", january + 2, "peer"),
        ("bob", january, "peer"),
        ("cid", january + 3, "guru"),
        ("dan", january, "newbie"), ("dan", january + 1, "guru"),
        ("eve", None, "newbie"), ("fay", None, "unknown"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "seen",
    [
        lists("follows"),
        lists("followed_by"),
        lists("follows", "followed_by", complete=False),
        pl.concat([lists("follows"), lists("followed_by", as_of=SEEN - 40 * DAY)]),
        lists("follows", "followed_by", platform="threads"),
    ],
)
def test_absence_is_no_evidence_unless_both_lists_are_complete_on_one_date(seen: pl.DataFrame) -> None:
    assert standing_of(ties=ties(("ann", "follows")), lists=seen)[0][1] == "unknown"


def test_the_newest_date_of_both_lists_counts() -> None:
    both = pl.concat([lists("follows", "followed_by", as_of=SEEN - 40 * DAY), BOTH])
    assert complete_pairs(both)["as_of"].to_list() == [SEEN]


def test_the_highest_tier_of_several_platforms_counts() -> None:
    known = pl.concat([
        ties(("ann", "follows"), ("ann", "followed_by")), ties(("ann", "follows"), platform="threads"),
    ])  # fmt: skip
    seen = pl.concat([BOTH, lists("follows", "followed_by", platform="threads")])
    assert standing_of(ties=known, lists=seen)[0][1:3] == ("guru", "follow_structure_upward")


def test_an_audience_takes_precedence_over_follow_structure() -> None:
    found = standing_of(
        decisions=decisions(("ann", None, 50)), ties=ties(("ann", "follows")), lists=BOTH, audiences={"x": 40}
    )
    assert found[0][1:3] == ("peer", "owner_audience")


def test_verified_age_and_in_degree_never_make_a_tier() -> None:
    counts = pl.DataFrame({
        "contact_id": ["ann"], "platform": ["x"], "audience": [None], "verified": [True], "source": ["profile"],
        "as_of": [SEEN],
    }, schema_overrides={"audience": pl.Int64})  # fmt: skip
    identities = pl.DataFrame({"contact_id": ["ann"], "platform": ["x"], "native_id": ["699570924048162816"]})
    threads = interactions(
        event(1, "ann", START, out=False, native_id="t1"),
        event(2, "bob", START + DAY, out=False, reply_to_native="t1"),
        event(3, "cid", START + DAY, out=False, reply_to_native="t1"),
        event(4, "ann", START + DAY, out=False, reply_to_native="t1"),
    )
    only_verified = standing_of(counts=counts, identities=identities, interactions=threads)
    assert only_verified == [("ann", "unknown", "verified", None, "profile", SEEN)]
    only_age = standing_of(identities=identities, interactions=threads)
    assert only_age == [("ann", "unknown", "account_age", None, "x id", 1_455_625_680_349_000)]
    only_degree = standing_of(interactions=threads)
    assert only_degree == [("ann", "unknown", "in_degree", 2.0, "x threads the owner can see", START + DAY)]


def test_counts_in_an_export_follow_the_owners_own_count() -> None:
    counts = pl.DataFrame({
        "contact_id": ["ann"], "platform": ["x"], "audience": [99_999], "verified": [True], "source": ["profile"],
        "as_of": [SEEN],
    })  # fmt: skip
    assert standing_of(counts=counts, audiences={"x": 999})[0] == (
        "ann",
        "guru",
        "export_audience",
        99_999.0,
        "profile",
        SEEN,
    )
    by_owner = decisions(("ann", None, 999))
    assert standing_of(counts=counts, audiences={"x": 999}, decisions=by_owner)[0][1:3] == ("peer", "owner_audience")


def test_all_evidence_is_kept_best_first() -> None:
    found = ranked_evidence(
        decisions=decisions(("ann", "peer", 70)), ties=ties(("ann", "follows")), lists=BOTH, audiences={"x": 5}
    )
    assert found["evidence"].to_list() == ["owner_tier", "owner_audience", "follow_structure_upward"]


@settings(max_examples=20, deadline=None)
@given(answered=st.booleans(), many=st.integers(0, 5))
def test_a_guru_is_not_defined_by_not_answering(answered: bool, many: int) -> None:
    acts = [event(k, "ann", START + k * DAY, out=True) for k in range(many)]
    acts += [event(50 + k, "ann", START + k * DAY + 5, out=False) for k in range(many if answered else 0)]
    assert standing_of(interactions=interactions(*acts)) == [("ann", "unknown", "none", None, None, None)]
