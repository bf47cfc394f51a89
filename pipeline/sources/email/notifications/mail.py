"""A notification mail, with the fields and checks that the readers of all platforms need."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.formats.decoding import cut_text
from pipeline.model.codes import CLASS_OF_KIND
from pipeline.model.records import Interaction, Parsed, Person, Row, SetAside, Skipped, Stored, Tie
from pipeline.model.survey import Context
from pipeline.sources.email.body import html_part, message_text, part_text, text_parts
from pipeline.sources.email.headers import Headers, Mailbox
from pipeline.sources.email.times import When, when

_LONGEST: Final = 500
_DKIM: Final = re.compile(r"\bdkim=(\w+)([^;]*)", re.IGNORECASE)
_SIGNER: Final = re.compile(r"header\.[id]=(?:\S{0,200}@)?([a-z0-9.-]{1,250}\.[a-z]{2,20})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail that may be a notification."""

    pointer: str
    headers: Headers
    body: bytes
    sender: Mailbox
    context: Context
    mbox: bool
    separator: str

    @property
    def local(self) -> str:
        """The sender's name before the `@`."""
        return self.sender.address.rpartition("@")[0]

    @property
    def domain(self) -> str:
        """The sender's domain."""
        return self.sender.address.rpartition("@")[2]

    @property
    def subject(self) -> str:
        """The subject, decoded, on one line, cut to a plausible length."""
        return " ".join(self.headers.text("subject")[:_LONGEST].split())

    @property
    def text(self) -> str:
        """The text with what it quotes."""
        return message_text(self.headers, self.body, mbox=self.mbox)

    @property
    def plain(self) -> str:
        """The plain part as written, empty without one."""
        parts = [part for part in text_parts(self.headers, self.body) if not part.is_html]
        return "\n".join(part_text(part, mbox=self.mbox) for part in parts)

    @property
    def html(self) -> str:
        """The markup of the HTML part, empty without one."""
        return html_part(self.headers, self.body, mbox=self.mbox)

    @property
    def native_id(self) -> str | None:
        """Id of the reported act; None for a mail without Message-ID, whose act is identified by its content."""
        found = self.headers.ids("message-id")
        return f"mail:{found[0]}" if found else None

    def from_domain(self, *domains: str) -> bool:
        """Return whether the sender is at one of the domains or below it, and no signature check contradicts that."""
        at = next((name for name in domains if self.domain == name or self.domain.endswith(f".{name}")), None)
        return at is not None and self.signed_by(at)

    def signed_by(self, domain: str) -> bool:
        """Return whether DKIM passed for the domain; True if the mailbox kept no result of the check."""
        results = self.headers.all_raw("authentication-results")
        if not results:
            return True
        checks = _DKIM.findall(results[0])  # the receiving server writes the top one
        return any(
            result.lower() == "pass" and any(_within(signer.lower(), domain) for signer in _SIGNER.findall(rest))
            for result, rest in checks
        )

    def account(self, platform: str) -> str | None:
        """Return the owner's account on a platform by the settings; None if they name none."""
        owner = self.context.settings.owners.get(platform)
        return (min(owner.ids, default=None) or min(owner.handles, default=None)) if owner else None

    def skipped(self, rule: str = "automatic") -> Skipped:
        """Return the record of a mail that is left out."""
        return Skipped(self.pointer, rule)

    def when(self) -> When | None:
        """Return the time of the mail, which is taken for the time of the act."""
        return when(self.headers, self.separator, self.context.settings)

    def stored(
        self, platform: str, kind: str, who: Person, *, account: str | None = None, native_id: str | None = None,
        text: str = "", url: str | None = None, thread: str | None = None, reply_to: str | None = None,
        more: Sequence[Row] = (),
    ) -> Parsed:  # fmt: skip
        """Return the reported act as rows of its platform."""
        moment = self.when()
        if moment is None:
            return SetAside(
                self.pointer, "unreadable_time", "neither Date nor Received nor the separator line has a usable time"
            )
        owner = account or self.account(platform)  # None: the owner's account on that platform
        words = cut_text(text.strip(), self.context.settings.max_text) or None
        act = Interaction(
            who.native_id, "inbound", kind, moment.at, native_id=native_id or self.native_id, thread=thread, reply_to=reply_to,
            text=words, url=url, zone_assumed=moment.assumed, cls=CLASS_OF_KIND[kind], platform=platform, account=owner,
        )  # fmt: skip
        rows: list[Row] = [who._replace(platform=platform), act]
        if kind == "follow":
            rows.append(Tie(who.native_id, "followed_by", moment.at, platform, account=owner))
        return Stored(self.pointer, (*rows, *more))


def _within(name: str, domain: str) -> bool:
    return name == domain or name.endswith(f".{domain}") or domain.endswith(f".{name}")
