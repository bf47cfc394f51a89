"""Mail about another platform belongs to the owner's account there, and meets that platform's own archive in one lane."""

import json
from pathlib import Path

import polars as pl

from pipeline.home.paths import Home
from pipeline.home.settings_file import parse_settings
from pipeline.reading.archives import read_archives

_NOTICE = (
    "From 1@xxx Mon Jun 03 10:00:00 +0000 2024\nMessage-ID: <n1@twitter.com>\n"
    'From: "Mina K. (via Twitter)" <notify@twitter.com>\nTo: lea@post.example\nDelivered-To: lea@post.example\n'
    "Subject: Mina K. (@mina_k) mentioned you on Twitter!\nDate: Mon, 03 Jun 2024 10:00:00 +0000\n\nhi\n\n"
)


def _archive(folder: Path) -> None:
    (folder / "data").mkdir(parents=True)
    account = [
        {
            "account": {
                "accountId": "77",
                "username": "lea",
                "accountDisplayName": "Lea",
                "createdAt": "2020-01-01T00:00:00.000Z",
            }
        }
    ]
    (folder / "data/account.js").write_text(f"window.YTD.account.part0 = {json.dumps(account)}", encoding="utf-8")
    (folder / "data/like.js").write_text("window.YTD.like.part0 = []", encoding="utf-8")


def test_a_notice_of_x_belongs_to_the_account_of_the_x_archive(tmp_path: Path) -> None:
    home = Home.open(tmp_path / "home")
    _archive(home.exports / "twitter")
    (home.exports / "mail.mbox").write_text(_NOTICE, encoding="utf-8")
    settings = parse_settings(b'[owner.email]\nemails = ["lea@post.example"]\n')
    readings = {
        reading.platform: reading for reading in read_archives(home, settings, [], lambda _line: None, workers=0)
    }
    folder = readings["email"].folder
    assert folder is not None
    rows = pl.read_parquet(folder / "interactions.parquet").select("platform", "account", "kind", "direction")
    assert rows.rows() == [("x", "77", "mention", "inbound")]


def test_the_threads_account_inside_of_an_instagram_export_bears_the_same_handle_and_name(tmp_path: Path) -> None:
    home = Home.open(tmp_path / "home")
    profile = {"profile_user": [{"string_map_data": {"Username": {"value": "lea.n"}, "Name": {"value": "Lea Novak"}}}]}
    followers = [{"title": "", "string_list_data": [{"value": "mina.k", "timestamp": 1_700_000_000}]}]
    for name, data in {
        "personal_information/personal_information/personal_information.json": profile,
        "your_instagram_activity/threads/followers.json": {"text_post_app_text_post_app_followers": followers},
    }.items():
        path = home.exports / "instagram" / name
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(data), encoding="utf-8")
    [reading] = read_archives(home, parse_settings(b""), [], lambda _line: None, workers=0)
    assert reading.folder is not None
    assert pl.read_parquet(reading.folder / "accounts.parquet").rows() == [
        ("instagram", "lea.n", "lea.n", "Lea Novak", None),
        ("threads", "lea.n", "lea.n", "Lea Novak", None),
    ]
