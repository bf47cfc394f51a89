"""WordPress's part of the demo: a WXR 1.2 export of the owner's site."""

from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from pipeline.demo.shared.blogs import COMMENT_KINDS, Blog, paragraph
from pipeline.demo.shared.files import moment
from pipeline.demo.world import Act, World

_HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.4" created="{created}" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>{title}</title><link>{site}</link><pubDate>{published}</pubDate><language>en</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>{site}</wp:base_site_url><wp:base_blog_url>{site}</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[{login}]]></wp:author_login>\
<wp:author_email><![CDATA[{email}]]></wp:author_email><wp:author_display_name><![CDATA[{title}]]></wp:author_display_name></wp:author>
<generator>https://wordpress.org/?v=6.4</generator>
"""
_LOCAL = timedelta(hours=1)
"""The site's clock is an hour ahead of GMT."""
_PINGS = {"link": "pingback", "like": "like", "repost": "repost"}
"""Kinds that arrive as comments of a type of their own -> that type."""


def _cdata(text: str) -> str:
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def _times(name: str, at: int) -> str:
    local = moment(at) + _LOCAL
    return (
        f"<wp:{name}_date>{_cdata(f'{local:%Y-%m-%d %H:%M:%S}')}</wp:{name}_date>"
        f"<wp:{name}_date_gmt>{_cdata(f'{moment(at):%Y-%m-%d %H:%M:%S}')}</wp:{name}_date_gmt>"
    )


def _comment(blog: Blog, act: Act) -> str:
    who = blog.author(act)
    own = act.direction == "outbound"
    kind = _PINGS.get(act.kind, "comment")
    named = kind == "comment"
    email = who.email if named else ""
    url = "" if own else who.site if named else f"{who.site.rstrip('/')}/notes/{blog.number[act.id]}"
    parent = blog.number.get(act.reply_to, 0) if act.reply_to else 0
    return (
        f"<wp:comment><wp:comment_id>{blog.number[act.id]}</wp:comment_id><wp:comment_author>{_cdata(who.name)}</wp:comment_author>"
        f"<wp:comment_author_email>{_cdata(email)}</wp:comment_author_email><wp:comment_author_url>{escape(url)}</wp:comment_author_url>"
        f"<wp:comment_author_IP>{_cdata('')}</wp:comment_author_IP>{_times('comment', act.at)}"
        f"<wp:comment_content>{_cdata(paragraph(act.text))}</wp:comment_content><wp:comment_approved>{_cdata('1')}</wp:comment_approved>"
        f"<wp:comment_type>{_cdata(kind)}</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent>"
        f"<wp:comment_user_id>{1 if own else 0}</wp:comment_user_id></wp:comment>\n"
    )


def _item(blog: Blog, post_id: int, at: int, content: str, status: str, acts: list[Act]) -> str:
    site = blog.world.owner.site.rstrip("/")
    link = f"{site}/?p={post_id}"
    return (
        f"<item><title>{_cdata(f'Post {post_id}')}</title><link>{link}</link><pubDate>{format_datetime(moment(at))}</pubDate>"
        f'<dc:creator>{_cdata(blog.world.owner.handles["wordpress"])}</dc:creator><guid isPermaLink="false">{link}</guid>'
        f"<description></description><content:encoded>{_cdata(content)}</content:encoded><excerpt:encoded>{_cdata('')}</excerpt:encoded>"
        f"<wp:post_id>{post_id}</wp:post_id>{_times('post', at)}<wp:comment_status>{_cdata('open')}</wp:comment_status>"
        f"<wp:status>{_cdata(status)}</wp:status><wp:post_parent>0</wp:post_parent><wp:post_type>{_cdata('post')}</wp:post_type>\n"
        f"{''.join(_comment(blog, act) for act in acts)}</item>\n"
    )


def write(world: World, folder: Path) -> list[Path]:
    """Write posts with their comments and pings, and a post for each link of the owner's; return the WXR file."""
    blog = Blog.of(world, "wordpress")
    owner, site = world.owner, world.owner.site.rstrip("/")
    exported = moment(world.exported_at)
    parts = [_HEAD.format(
        created=f"{exported:%Y-%m-%d %H:%M}", title=escape(owner.name), site=site, published=format_datetime(exported),
        login=owner.handles["wordpress"], email=owner.email,
    )]  # fmt: skip

    def under(thread: str) -> list[Act]:
        return [
            act
            for act in blog.acts
            if act.thread == thread and (act.kind in COMMENT_KINDS or act.direction == "inbound")
        ]

    parts += [
        _item(blog, blog.number[post.id], post.at, paragraph(post.text), status="publish", acts=under(post.id))
        for post in blog.posts
    ]
    # what people commented on without being a post of this world: kept private, so that it is no post of its own
    parts += [
        _item(blog, blog.number[key], blog.started(key), "", status="private", acts=under(key))
        for key in blog.loose_threads
    ]
    if loose := under(""):
        parts.append(_item(blog, 100, loose[0].at - 3_600_000_000, "", status="private", acts=loose))
    for act in blog.acts:
        if act.direction == "outbound" and act.kind not in COMMENT_KINDS:
            to = world.person(act.person)
            content = f'<p><a href="{escape(to.site)}">{paragraph(act.text or to.name)}</a></p>'
            parts.append(_item(blog, blog.number[act.id], act.at, content, status="publish", acts=[]))
    path = folder / f"{urlsplit(site).hostname}.wordpress.{exported:%Y-%m-%d}.xml"
    path.write_bytes("".join([*parts, "</channel>\n</rss>\n"]).encode())
    return [path]
