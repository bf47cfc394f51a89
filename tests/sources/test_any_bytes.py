"""Whatever the bytes: a reader yields records, set aside or skipped ones, and never fails."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.model.records import CoverageNote, ListSeen, SetAside, Skipped, Stored
from pipeline.model.survey import Context, ReadSettings, Survey
from pipeline.sources import registry
from pipeline.sources.base import Claim
from tests.sources.harness import TinyArchive, TinyMember, archive_of

HERE = Path(__file__).parent
READERS = [(source.name, reader) for source in registry.sources().values() for reader in sorted(source.readers)]


def _samples(source: str) -> list[TinyMember]:
    return [member for case in sorted(HERE.glob(f"{source}/*/input")) for member in archive_of(case).members][:40]


def _survives(source_name: str, reader_name: str, member: TinyMember) -> None:
    source = registry.sources()[source_name]
    reader = source.readers[reader_name]
    claims = [Claim(member.name, reader_name, 1.0)]
    survey = source.survey(TinyArchive("any", [member]), claims, ReadSettings())
    context = Context(ReadSettings(), survey or Survey(), {})
    if reader.count is not None:
        assert reader.count(member, context) >= 0
    for item in reader.parse(member, context) if reader.parse else ():
        assert isinstance(item, Stored | SetAside | Skipped | CoverageNote | ListSeen)


@pytest.mark.parametrize("source, reader", READERS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_bytes(source: str, reader: str, content: bytes) -> None:
    _survives(source, reader, TinyMember("any.bin", content))


@pytest.mark.parametrize("source, reader", READERS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_mutated_exports(source: str, reader: str, data: st.DataObject) -> None:
    samples = _samples(source)
    if not samples:
        return
    member = data.draw(st.sampled_from(samples))
    content = bytearray(member.content)
    for _ in range(data.draw(st.integers(1, 6))):
        if content:
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    _survives(source, reader, TinyMember(member.name, bytes(content[:cut] if data.draw(st.booleans()) else content)))
