"""What the standard library writes into an mbox, we read as the standard library reads it."""

import mailbox
import tempfile
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy, default
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.records import Interaction, Person, Stored
from pipeline.model.survey import ReadSettings
from pipeline.sources.email.source import SOURCE
from tests.sources.harness import TinyArchive, TinyMember, read

LINES = st.lists(
    st.sampled_from(["From here on", "From a@b.example Fri Feb  2 09:15:00 2024", "žaba ☂ 蛙", "", "plain words = 3", "x" * 300, "To do"]),
    min_size=1,
    max_size=8,
)  # fmt: skip
NAMES = st.text(st.sampled_from("aB ž蛙,.'()"), min_size=1, max_size=30).map(lambda name: "N" + " ".join(name.split()))


@st.composite
def mails(draw: st.DrawFn) -> tuple[EmailMessage, str, str]:
    """Return a message, its words and its sender's name."""
    name, words = draw(NAMES), "\n".join([*draw(LINES), "the end"]).strip("\n")
    policy: EmailPolicy = draw(st.sampled_from([default, SMTP]))
    mail = EmailMessage(policy=policy)
    mail["From"] = Address(name, addr_spec="mira@lake.example")
    mail["To"] = "lea@post.example"
    mail["Date"] = "Fri, 02 Feb 2024 10:15:00 +0100"
    mail["Message-ID"] = f"<m{draw(st.integers(0, 99))}@lake.example>"
    mail.set_content(words, cte=draw(st.sampled_from(["quoted-printable", "base64"])))
    if draw(st.booleans()):
        mail.add_alternative(f"<p>{name}</p>", subtype="html")
    if draw(st.booleans()):
        mail.add_attachment(b"\x00\x01" * 500, maintype="image", subtype="png", filename="a.png")
        mail.add_attachment("attached words", filename="a.txt")
    return mail, words, name


@settings(deadline=None, max_examples=60)
@given(st.lists(mails(), min_size=1, max_size=4))
def test_mbox_of_the_standard_library(written: list[tuple[EmailMessage, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        box = mailbox.mbox(Path(folder) / "a.mbox")
        for mail, _, _ in written:
            box.add(mail)
        box.close()
        data = (Path(folder) / "a.mbox").read_bytes()
    outcome = read(SOURCE, TinyArchive("a.mbox", [TinyMember("a.mbox", data)]), ReadSettings())
    assert outcome.counted == {"a.mbox": len(written)}
    rows = [row for item in outcome.items["a.mbox"] if isinstance(item, Stored) for row in item.rows]
    acts = [row for row in rows if isinstance(row, Interaction)]
    people = [row for row in rows if isinstance(row, Person)]
    assert [act.text or "" for act in acts] == [words for _, words, _ in written]
    assert [act.native_id for act in acts] == [str(mail["Message-ID"]).strip("<>") for mail, _, _ in written]
    assert [who.display_name for who in people] == [name.strip("' ") for _, _, name in written]
    assert {act.at for act in acts} == {1_706_865_300_000_000}
