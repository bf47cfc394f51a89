"""LinkedIn's part of the demo: the complete archive, one CSV a kind of record, in a zip."""

from pathlib import Path
from typing import Final

from pipeline.demo.shared.files import csv_bytes, letters, moment, number, write_zip
from pipeline.demo.world import Persona, World

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NOTES: Final = b'Notes:\r\n"Addresses are shown for connections who allow it."\r\n\r\n'
_MESSAGES: Final = (
    "CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS", "DATE", "SUBJECT",
    "CONTENT", "FOLDER", "ATTACHMENTS", "IS MESSAGE DRAFT", "IS CONVERSATION DRAFT",
)  # fmt: skip


def _url(who: Persona) -> str:
    return f"https://www.{who.native_ids['linkedin']}"


def _day(at: int) -> str:
    when = moment(at)
    return f"{when:%d} {_MONTHS[when.month - 1]} {when:%Y}"


def _names(who: Persona) -> tuple[str, str]:
    first, _, last = who.name.partition(" ")
    return first, last


def write(world: World, folder: Path) -> list[Path]:
    """Write messages, connections, invitations, endorsements and recommendations, posts; return the zip."""
    owner, acts = world.owner, world.visible("linkedin")
    member = number("linkedin-member", 8)
    messages, invitations = [], []
    endorsed: dict[str, list[tuple[str, ...]]] = {"outbound": [], "inbound": []}
    recommended: dict[str, list[tuple[str, ...]]] = {"outbound": [], "inbound": []}
    for act in reversed(acts):
        who, when = world.person(act.person), moment(act.at)
        ends = (owner, who) if act.direction == "outbound" else (who, owner)
        if act.kind == "message":
            messages.append(
                (
                    f"2-{letters(act.thread or who.key, 40)}==", "", ends[0].name, _url(ends[0]), ends[1].name, _url(ends[1]),
                    f"{when:%Y-%m-%d %H:%M:%S} UTC", "", act.text, "INBOX", "", "No", "No",
                )
            )  # fmt: skip
        elif act.kind == "invitation":
            way = "OUTGOING" if act.direction == "outbound" else "INCOMING"
            sent = f"{when.month}/{when.day}/{when:%y}, {when.hour % 12 or 12}:{when:%M} {'AM' if when.hour < 12 else 'PM'}"
            invitations.append((ends[0].name, ends[1].name, sent, act.text, way, _url(ends[0]), _url(ends[1])))
        elif act.kind == "endorsement":
            row = (f"{when:%Y/%m/%d %H:%M:%S} UTC", act.text or "Writing", *_names(who), _url(who), "ACCEPTED")
            endorsed[act.direction].append(row)
        elif act.kind == "recommendation":
            sent = f"{when:%m/%d/%y}, {when.hour % 12 or 12:02d}:{when:%M} {'AM' if when.hour < 12 else 'PM'}"
            recommended[act.direction].append((*_names(who), "", "", act.text, sent, "VISIBLE"))
    connections = [
        (*_names(who), _url(who), who.email, "", "", _day(bond.since) if bond.since is not None else "")
        for bond in world.bonds
        if bond.platform == "linkedin" and bond.kind == "connected"
        for who in [world.person(bond.person)]
    ]
    shares = [
        (f"{moment(p.at):%Y-%m-%d %H:%M:%S}", f"https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A{number(p.id, 19)}", p.text, "", "", "MEMBER_NETWORK")
        for p in world.posts
        if p.platform == "linkedin"
    ]  # fmt: skip
    sides = {"outbound": ("Given", "Endorsee"), "inbound": ("Received", "Endorser")}
    praise = ("First Name", "Last Name", "Company", "Job Title", "Text", "Creation Date", "Status")
    header = ("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On")
    invite = ("From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl")
    files = {
        "Connections.csv": _NOTES + csv_bytes(header, connections),
        "Email Addresses.csv": csv_bytes(
            ("Email Address", "Confirmed", "Primary", "Updated On"), [(owner.email, "Yes", "Yes", "Not Available")]
        ),
        "Invitations.csv": csv_bytes(invite, invitations),
        "Profile.csv": csv_bytes(("First Name", "Last Name", "Headline"), [(*_names(owner), "Writer")]),
        f"Shares_{member}.csv": csv_bytes(
            ("Date", "ShareLink", "ShareCommentary", "SharedUrl", "MediaUrl", "Visibility"), shares
        ),
        "messages.csv": csv_bytes(_MESSAGES, messages),
    }
    for direction, (way, side) in sides.items():
        columns = (
            "Endorsement Date",
            "Skill Name",
            f"{side} First Name",
            f"{side} Last Name",
            f"{side} Public Url",
            "Endorsement Status",
        )
        files[f"Endorsement_{way}_Info.csv"] = csv_bytes(columns, endorsed[direction])
        files[f"Recommendations_{way}.csv"] = csv_bytes(praise, recommended[direction])
    name = f"Complete_LinkedInDataExport_{moment(world.exported_at):%m-%d-%Y}.zip"
    return [write_zip(folder / name, files)]
