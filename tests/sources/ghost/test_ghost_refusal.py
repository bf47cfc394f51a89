"""The content export is answered with what to export instead."""

from pipeline.sources.ghost.source import SOURCE
from tests.sources.harness import TinyArchive, TinyMember


def test_the_content_export_is_refused_and_other_json_is_not() -> None:
    content = TinyMember(
        "hut.ghost.2024-05-03.json",
        b'{"db":[{"meta":{"exported_on":1714756800000,"version":"5.80.0"},"data":{"posts":[]}}]}',
    )
    other = TinyMember("other.json", b'{"db": "exported_on"}')
    assert SOURCE.refusal(TinyArchive("hut", [content])) == (
        "hut.ghost.2024-05-03.json is Ghost's content export, which has no members: export the members as CSV (Members → Export all members)"
    )
    assert SOURCE.refusal(TinyArchive("hut", [other])) is None
