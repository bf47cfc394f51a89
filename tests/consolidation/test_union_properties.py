"""Random logs cut into overlapping open interactions files: nothing is lost or doubled, in any order."""

import shutil
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.consolidation.harness import content, home_in, open_file, rows, run

ACTS = st.lists(
    st.tuples(st.sampled_from(["ann", "bob"]), st.sampled_from(["outbound", "inbound"]), st.integers(0, 3), st.sampled_from(["ok", "yes"])),
    min_size=1,
    max_size=8,
)  # fmt: skip
CUTS = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=1, max_size=3)


def written(act: tuple[str, str, int, str]) -> dict[str, str]:
    who, way, hour, text = act
    return {"contact": who, "direction": way, "occurred_at": f"2024-05-01T0{hour}:00:00Z", "text": text}


@given(acts=ACTS, cuts=CUTS)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_overlapping_pieces_of_a_log_combine_to_the_log(
    acts: list[tuple[str, str, int, str]], cuts: list[tuple[int, int]]
) -> None:
    # the whole log is one of the files, so the expected result is the log itself: equal acts in it are all kept
    log = sorted(acts, key=lambda act: act[2])
    pieces = [log, *(piece for low, high in cuts if (piece := log[min(low, high) : max(low, high)]))]
    with TemporaryDirectory() as folder:
        found = []
        for name, order in (("one", pieces), ("two", pieces[::-1])):
            home = home_in(Path(folder) / name)
            for number, piece in enumerate(order):
                open_file(home / "exports", f"f{number}", [written(act) for act in piece])
            store = run(home)
            seen = Counter(rows(store, "interactions", "contact_id", "direction", "text"))
            assert seen == Counter((f"club:{who}", way, text) for who, way, _, text in log)
            members = rows(store, "members", "records_in", "stored", "already_stored", "set_aside", "skipped")
            assert all(records == sum(fates) for records, *fates in members)
            assert sum(stored for _, stored, *_ in members) == len(log)
            tables = content(store)
            found.append(
                {
                    table: tables[table]
                    for table in ("contacts", "gestures", "matching_counts", "coverage", "identities")
                }
            )
            shutil.rmtree(home)
        assert found[0] == found[1]
