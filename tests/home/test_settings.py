from pathlib import Path

import pytest

from pipeline.home.options import OPTIONS
from pipeline.home.settings import Settings
from pipeline.home.settings_file import SettingsError, load_settings, parse_settings
from pipeline.model.survey import Owner

FULL = """
time_zone = "Europe/Lisbon"
own_domains = ["Example.org"]
[owner.x]
ids = ["1", "2"]
names = "Ada"
[matching]
turn_gap_h = 3
[tiers]
guru = 2.0
[target_mix]
guru = 0.5
peer = 0.3
newbie = 0.2
[text]
disclosure = true
[limits]
members = 10
[report]
links = false
"""


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "dancecard.toml") == Settings()


def test_every_key_has_a_default_in_the_model() -> None:
    assert {option.name: option.default for option in OPTIONS}["matching.turn_gap_h"] == 6.0


def test_a_full_file() -> None:
    settings = parse_settings(FULL.encode())
    assert settings.zone_is_set
    assert settings.owners == {"x": Owner(ids=frozenset({"1", "2"}), names=frozenset({"Ada"}))}
    assert (settings.matching.turn_gap_h, settings.matching.window_contact_d) == (3.0, 7.0)
    assert (settings.tiers.guru, settings.target_mix.peer, settings.own_domains) == (2.0, 0.3, ("example.org",))
    assert (settings.text.disclosure, settings.limits.members, settings.report.links) == (True, 10, False)
    assert settings.read_settings().time_zone == "Europe/Lisbon"


@pytest.mark.parametrize(
    "text, said",
    [
        ("a = 1", "line 1: `a` is not a setting; allowed here: language"),
        ("[matching]\n\nturn_gap = 1", "line 3: `matching.turn_gap` is not a setting; allowed here: turn_gap_h"),
        (
            '[matching]\nturn_gap_h = "6"',
            "line 2: `matching.turn_gap_h` must be hours, above 0, at most 876600 (default: 6.0)",
        ),
        ("[matching]\nturn_gap_h = -1", "line 2: `matching.turn_gap_h` must be hours"),
        (
            "[matching]\nwindow_thread_d = 1e30",
            "line 2: `matching.window_thread_d` must be days, above 0, at most 36525",
        ),
        ("[text]\nenabled = 1", "line 2: `text.enabled` must be true or false (default: true)"),
        (
            '[owner.x]\nid = "1"',
            "line 2: `owner.x.id` is not a setting; allowed here: emails, handles, ids, names, sites",
        ),
        ("[owner.x]\nids = [1]", "line 2: `owner.x.ids` must be text or a list of texts"),
        ('time_zone = "Lisbon/Europe"', 'line 1: `time_zone` must be an IANA name such as "Europe/Lisbon"'),
        ("matching = 1", "line 1: `matching` must be a table"),
        ("owner = 1", "line 1: `owner` must hold a table for each platform"),
        ("[target_mix]\nguru = 0.5", "line 1: `target_mix` must give guru, peer and newbie, summing to 1"),
        ("[tiers]\nnewbie = 2.0", "line 2: `tiers.newbie` leaves no room for peers"),
        ("x = = 1", "not valid TOML"),
        ("limits.members = 1.5", "line 1: `limits.members` must be a whole number above 0"),
    ],
)
def test_an_error_names_its_line(text: str, said: str) -> None:
    with pytest.raises(SettingsError) as error:
        parse_settings(text.encode())
    assert said in str(error.value)
    assert str(error.value).startswith("dancecard.toml")


def test_bytes_that_are_no_text_are_reported_with_their_line() -> None:
    with pytest.raises(SettingsError, match="line 2: not UTF-8"):
        parse_settings(b"\n# \xff")


def test_the_hash_follows_the_meaning_not_the_order() -> None:
    one = parse_settings(b'[owner.x]\nids = ["1", "2"]\n[owner.a]\nids = ["3"]')
    two = parse_settings(b'[owner.a]\nids = ["3"]\n[owner.x]\nids = ["2", "1"]')
    assert one.hash() == two.hash() != Settings().hash()
