"""Blogger's part of the demo: a Takeout with the blog's feed in the 2018 schema."""

from pathlib import Path
from xml.sax.saxutils import escape

from pipeline.demo.shared.blogs import COMMENT_KINDS, Blog, paragraph
from pipeline.demo.shared.files import iso, moment, number, write_zip
from pipeline.demo.world import Persona, World

_HEAD = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'>
<id>tag:blogger.com,1999:blog-{blog}</id><title>{title}</title>
"""


def _author(who: Persona) -> str:
    """Return an author: by profile, or, where the person is keyed by e-mail, by that."""
    native_id = who.native_ids["blogger"]
    told = (
        f"<email>{escape(who.email)}</email>"
        if "@" in native_id
        else f"<uri>https://www.blogger.com/profile/{native_id}</uri>"
    )
    return f"<author><name>{escape(who.name)}</name>{told}<blogger:type>BLOGGER</blogger:type></author>"


def write(world: World, folder: Path) -> list[Path]:
    """Write posts and comments; return the Takeout zip."""
    blog = Blog.of(world, "blogger")
    owner = world.owner
    own = number(f"blogger {owner.key}", 19)

    def entry(kind: str, place: int, at: int, text: str, who: Persona, more: str) -> str:
        return (
            f"<entry><id>tag:blogger.com,1999:blog-{own}.post-{place}</id><blogger:type>{kind}</blogger:type>"
            f"<blogger:status>LIVE</blogger:status>{_author(who)}<title/>"
            f"<content type='html'>{escape(paragraph(text))}</content><published>{iso(at)}</published><updated>{iso(at)}</updated>{more}"
            "<blogger:trashed/></entry>\n"
        )

    parts = [_HEAD.format(blog=own, title=escape(owner.name))]
    for post in blog.posts:
        place = blog.number[post.id]
        parts.append(
            entry(
                "POST", place, post.at, post.text, who=owner, more=f"<blogger:filename>/{place}.html</blogger:filename>"
            )
        )
    for act in blog.acts:
        if act.kind in COMMENT_KINDS:
            parent = blog.number.get(act.thread, 100)
            answers = blog.number.get(act.reply_to or "", 0)
            said = f"tag:blogger.com,1999:blog-{own}.post-{answers}" if answers else ""
            more = (
                f"<blogger:parent>tag:blogger.com,1999:blog-{own}.post-{parent}</blogger:parent>"
                f"<blogger:inReplyTo>{said}</blogger:inReplyTo>"
            )
            parts.append(entry("COMMENT", blog.number[act.id], act.at, act.text, who=blog.author(act), more=more))
    feed = "".join([*parts, "</feed>\n"]).encode()
    exported = moment(world.exported_at)
    path = folder / f"takeout-{exported:%Y%m%dT%H%M%SZ}-blogger.zip"
    return [write_zip(path, {f"Takeout/Blogger/Blogs/{owner.name}/feed.atom": feed})]
