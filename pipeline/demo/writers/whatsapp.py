"""WhatsApp's part of the demo: one text a chat in Android's layout, all in one zip.

Times are whole minutes. Dates are written year first, as phones in Sweden or Canada do: chats of a few messages tell no other order. Each file is named after the other person, which tells who the owner is.
"""

from pathlib import Path

from pipeline.demo.shared.files import moment, write_zip
from pipeline.demo.world import Act, World


def _line(world: World, act: Act) -> str:
    name = world.owner.name if act.direction == "outbound" else world.person(act.person).name
    mention = f"@\u2068{world.person(act.person).name}\u2069 " if act.is_group and act.direction == "outbound" else ""
    return f"{moment(act.at):%Y-%m-%d, %H:%M} - {name}: {mention}{act.text}"


def write(world: World, folder: Path) -> list[Path]:
    """Write all chats; return the zip."""
    chats: dict[str, list[Act]] = {}
    for act in world.visible("whatsapp"):
        chats.setdefault(act.thread if act.is_group else world.person(act.person).name, []).append(act)
    files = {}
    for name, acts in sorted(chats.items()):
        notice = "Messages and calls are end-to-end encrypted. No one outside of this chat can read or listen to them."
        if acts[0].is_group:
            notice = f'{world.person(acts[0].person).name} created group "{name}"'
        first = f"{moment(acts[0].at):%Y-%m-%d, %H:%M} - {notice}"
        lines = [first, *(_line(world, act) for act in acts)]
        files[f"WhatsApp Chat with {name}.txt"] = ("\n".join(lines) + "\n").encode()
    return [write_zip(folder / "whatsapp-chats.zip", files)]
