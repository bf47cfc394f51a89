"""Reddit's part of the demo: the flat CSV tables of a data request in a zip."""

from pathlib import Path

from pipeline.demo.shared.files import csv_bytes, letters, moment, write_zip
from pipeline.demo.world import Act, World

_CHAT_COLUMNS = "message_id,created_at,updated_at,username,message,thread_parent_message_id,channel_url,subreddit,channel_name,conversation_type"
_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"


def _date(at: int) -> str:
    return f"{moment(at):%Y-%m-%d %H:%M:%S} UTC"


def _id(key: str) -> str:
    return letters(key, 10, _BASE36)


def write(world: World, folder: Path) -> list[Path]:
    """Write messages, chats, comments, posts, awards and friends; return the zip."""
    owner = world.owner.handles["reddit"]
    acts = world.visible("reddit")
    chatty = {act.thread for act in acts if act.kind == "message" and (act.is_group or act.reply_to)}
    """Threads with groups or reply links stand in the chat table: private messages have neither."""

    def name(act: Act) -> str:
        return world.person(act.person).handles["reddit"]

    def sender(act: Act) -> str:
        return owner if act.direction == "outbound" else name(act)

    messages: list[tuple[str, ...]] = []
    chats: list[tuple[str, ...]] = []
    comments: list[tuple[str, ...]] = []
    awards: list[tuple[str, ...]] = []
    for act in acts:
        key = _id(act.id)
        if act.kind == "message" and act.thread in chatty:
            parent = _id(act.reply_to) if act.reply_to else ""
            kind = "group" if act.is_group else "direct"
            shown = act.thread if act.is_group else name(act)
            date = _date(act.at)
            chats.append((key, date, date, sender(act), act.text, parent, f"sendbird_{act.thread}", "", shown, kind))
        elif act.kind == "message":
            to = name(act) if act.direction == "outbound" else owner
            thread = _id(act.thread or f"thread {act.person}")
            link = f"https://www.reddit.com/message/messages/{key}"
            messages.append((key, link, thread, _date(act.at), "", sender(act), to, "hello", act.text))
        elif act.kind == "mention" and act.direction == "outbound":
            link = f"/r/demo/comments/{_id(act.thread or act.id + ' post')}/a_post/"
            text = act.text if f"u/{name(act)}" in act.text else f"u/{name(act)} {act.text}"
            comments.append((key, f"{link}{key}/", _date(act.at), "", "demo", "0", link, "", text, ""))
        elif act.kind == "award" and act.direction == "inbound":
            awards.append((f"/r/demo/comments/{_id(act.reply_to or act.id)}/a_post/", "1", name(act), _date(act.at)))
    posts: list[tuple[str, ...]] = [
        (_id(post.id), f"/r/demo/comments/{_id(post.id)}/a_post/", _date(post.at), "", "demo", "0", post.text, "", "")
        for post in world.posts
        if post.platform == "reddit"
    ]
    friends: list[tuple[str, ...]] = [
        (world.person(bond.person).handles["reddit"], "")
        for bond in world.bonds
        if bond.platform == "reddit" and bond.kind == "follows"
    ]
    tables: dict[str, tuple[str, list[tuple[str, ...]]]] = {
        "chat_history": (
            _CHAT_COLUMNS,
            chats,
        ),
        "comments": ("id,permalink,date,ip,subreddit,gildings,link,parent,body,media", comments),
        "friends": ("username,note", friends),
        "gold_received": ("content_link,gold_received,gilder_username,date", awards),
        "messages": ("id,permalink,thread_id,date,ip,from,to,subject,body", messages),
        "message_headers": ("id,permalink,thread_id,date,ip,from,to", [row[:7] for row in messages]),
        "posts": ("id,permalink,date,ip,subreddit,gildings,title,url,body", posts),
        "statistics": ("statistic,value", [("account name", owner), ("export time", _date(world.exported_at))]),
    }
    files = {f"{table}.csv": csv_bytes(header.split(","), rows) for table, (header, rows) in tables.items()}
    return [write_zip(folder / f"export_{owner}_{moment(world.exported_at):%Y%m%d}.zip", files)]
