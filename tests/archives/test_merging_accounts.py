"""Mail that tells of another platform belongs to the owner's account there, and meets that platform's own archive in one lane."""

import json
from pathlib import Path

import polars as pl

from pipeline.archives.reading import read_archives
from pipeline.home.paths import Home
from pipeline.home.settings import parse_settings

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
