"""The declarations name readers and kinds that exist, and say everything that docs are made of."""

import pytest

from pipeline.model.codes import CLASSES
from pipeline.sources.base import Source
from pipeline.sources.facebook.source import SOURCE as FACEBOOK
from pipeline.sources.instagram.source import SOURCE as INSTAGRAM


@pytest.mark.parametrize("source", [FACEBOOK, INSTAGRAM], ids=["facebook", "instagram"])
def test_declarations_hold_together(source: Source) -> None:
    for platform in source.platforms:
        for shown in platform.shows:
            assert set(shown.readers) <= set(source.readers), shown
            assert shown.cls in platform.known_classes
            assert shown.visibility == "full" or shown.reason, f"{shown}: a partial view has its reason"
        lines = [(shown.cls, shown.direction, shown.surface) for shown in platform.shows]
        assert len(lines) == len(set(lines))
        assert set(platform.known_classes) <= set(CLASSES)
        assert platform.how_to_ask
        assert platform.cannot_show
        assert platform.notes


def test_what_others_do_is_not_shown_where_the_export_has_nothing() -> None:
    facebook, instagram, threads = (platform.shows for platform in (*FACEBOOK.platforms, *INSTAGRAM.platforms))
    assert {(s.visibility, s.surface) for s in facebook if (s.cls, s.direction) == ("comment", "inbound")} == {
        ("partial", "public")
    }
    assert {s.surface for s in instagram if (s.cls, s.direction) == ("comment", "inbound")} == {"direct"}
    assert not [s for s in threads if s.direction == "inbound" and s.cls in ("comment", "reaction", "share")]
    assert [s.visibility for s in threads if s.cls == "follow"] == ["full", "full"]
