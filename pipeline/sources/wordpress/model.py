"""The fields of a WXR item and its comments, by the exporter's names (WXR 1.0, 1.1 and 1.2 write the same set)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from io import BytesIO

from pipeline.sources.shared.xml_exports.blocks import Block, Node, repair
from pipeline.sources.shared.xml_exports.tags import cut_blocks

_RECORDS = frozenset({"item", "comment"})
_FIELD = r"<(?:[\w.-]+:)?{name}(?:\s[^<>]*)?>\s*(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))\s*</(?:[\w.-]+:)?{name}\s*>"


@dataclass(frozen=True)
class Comment:
    """A `wp:comment`; `node` is None when it could not be read."""

    pointer: str
    node: Node | None

    def get(self, name: str) -> str:
        """Return a field without its prefix `comment_`."""
        return self.node.text(f"comment_{name}") if self.node else ""

    @cached_property
    def id(self) -> str:
        """comment_id, unique in its site."""
        return self.get("id")

    @cached_property
    def parent(self) -> str:
        """comment_id of the comment that it answers, empty for none."""
        parent = self.get("parent")
        return "" if parent in {"", "0"} else parent

    @cached_property
    def author(self) -> str:
        """Display name, entities resolved; for pings the title of the linking page."""
        return unescape(self.get("author"))

    @cached_property
    def user_id(self) -> str:
        """The site's (wordpress.com: the network's) id of a registered user, empty for guests."""
        user = self.get("user_id")
        return "" if user in {"", "0"} else user

    @cached_property
    def meta(self) -> dict[str, str]:
        """The comment's `commentmeta`; of a repeated key the last value."""
        rows = self.node.all("commentmeta") if self.node else []
        return {row.text("meta_key"): row.text("meta_value") for row in rows}


@dataclass(frozen=True)
class Item:
    """An `item`. If only its comments could be recovered, `node` is None and `raw` its text."""

    pointer: str
    node: Node | None
    comments: tuple[Comment, ...]
    raw: str = ""

    def get(self, name: str) -> str:
        """Return a field by its local name."""
        if self.node:
            return self.node.text(name)
        found = re.search(_FIELD.format(name=re.escape(name)), self.raw, re.DOTALL)
        return (found[1] if found[1] is not None else unescape(found[2])).strip() if found else ""

    @cached_property
    def id(self) -> str:
        """post_id; the guid where there is none."""
        return self.get("post_id") or self.get("guid")

    @property
    def content(self) -> str:
        """The post's HTML."""
        return self.get("content:encoded") if self.node else ""

    @property
    def is_post(self) -> bool:
        """Whether it is a post or a page, in contrast to attachments, menus, templates."""
        return self.get("post_type") in {"post", "page", ""}


def items(blocks: Iterator[Block]) -> Iterator[Item]:
    """Yield the items of blocks. Of a block that stays unreadable, the readable comments are recovered one by one."""
    for block in blocks:
        yield _item(block) if block.node else _recovered(block)


def _item(block: Block) -> Item:
    node = block.node
    found = node.all("comment") if node else []
    return Item(
        block.pointer, node, tuple(Comment(f"{block.pointer}#comment{n}", each) for n, each in enumerate(found))
    )


def _recovered(block: Block) -> Item:
    """Return a broken item with its comments read one by one, apart from the rest."""
    pieces = [
        data.decode() for _, data in cut_blocks(BytesIO(block.data.encode("utf-8", "replace")), "comment", _RECORDS)
    ]
    frame = block.data
    for piece in pieces:
        frame = frame.replace(piece, "", 1)
    comments = tuple(Comment(f"{block.pointer}#comment{n}", repair(piece, "comment")) for n, piece in enumerate(pieces))
    return Item(block.pointer, repair(frame, "item"), comments, frame)
