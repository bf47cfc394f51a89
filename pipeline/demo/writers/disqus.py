"""Disqus's part of the demo: the gzipped XML export of a site's comments."""

import gzip
from pathlib import Path
from xml.sax.saxutils import escape

from pipeline.demo.shared.blogs import COMMENT_KINDS, Blog, paragraph
from pipeline.demo.shared.files import moment
from pipeline.demo.world import Act, Persona, World

_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<category dsq:id="7"><forum>{forum}</forum><title>General</title><isDefault>true</isDefault></category>
"""


def _author(who: Persona, *, own: bool) -> str:
    """Return an author: by username, or, where the person is keyed by e-mail, as a guest of the old exports."""
    username = who.handles["disqus"]
    email, name = escape(who.email), escape(who.name)
    if own or "@" not in who.native_ids["disqus"]:
        return f"<author><name>{name}</name><isAnonymous>false</isAnonymous><username>{username}</username></author>"
    return f"<author><email>{email}</email><name>{name}</name><isAnonymous>true</isAnonymous></author>"


def _post(blog: Blog, act: Act) -> str:
    own = act.direction == "outbound"
    parent = f'<parent dsq:id="{blog.number[act.reply_to]}" />' if act.reply_to in blog.number else ""
    return (
        f'<post dsq:id="{blog.number[act.id]}"><id>wp_id={blog.number[act.id]}</id><message><![CDATA[<p>{paragraph(act.text)}</p>]]></message>'
        f"<createdAt>{moment(act.at):%Y-%m-%dT%H:%M:%SZ}</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam>"
        f'{_author(blog.author(act), own=own)}<thread dsq:id="{_thread(blog, act.thread)}" />{parent}</post>\n'
    )


def _thread(blog: Blog, key: str) -> int:
    return blog.number.get(key, 100)


def write(world: World, folder: Path) -> list[Path]:
    """Write threads (the owner's posts) and their comments; return the gzipped file."""
    blog = Blog.of(world, "disqus")
    owner = world.owner
    forum = owner.handles["disqus"].replace("_", "-")
    site = owner.site.rstrip("/")
    parts = [_HEAD.format(forum=forum)]
    starts = [*((post.id, post.at) for post in blog.posts), *((key, blog.started(key)) for key in blog.loose_threads)]
    loose = [act for act in blog.acts if not act.thread]
    starts += [("", loose[0].at - 3_600_000_000)] if loose else []
    for key, at in starts:
        number = _thread(blog, key)
        parts.append(
            f'<thread dsq:id="{number}"><id>{number}</id><forum>{forum}</forum><category dsq:id="7" /><link>{site}/?p={number}</link>'
            f"<title>Post {number}</title><message /><createdAt>{moment(at):%Y-%m-%dT%H:%M:%SZ}</createdAt>{_author(owner, own=True)}"
            f"<isClosed>false</isClosed><isDeleted>false</isDeleted></thread>\n"
        )
    parts += [_post(blog, act) for act in blog.acts if act.kind in COMMENT_KINDS]
    path = folder / f"{forum}-{moment(world.exported_at):%Y-%m-%dT%H_%M_%S}-all.xml.gz"
    path.write_bytes(gzip.compress("".join([*parts, "</disqus>\n"]).encode(), mtime=0))
    return [path]
