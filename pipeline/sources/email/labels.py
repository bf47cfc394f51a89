"""Folders and Gmail's labels that mark a mail as sent, spam, trash, a draft or a chat line.

System labels are localised. Known words decide; where no Sent word is known, the sender's address does (`reading`).
"""

import re
from functools import lru_cache
from typing import Final

from pipeline.model.naming import normalise_name
from pipeline.sources.email.headers import Headers, decoded

SENT: Final = "sent"
_WORDS: Final[dict[str, tuple[str, ...]]] = {
    SENT: (
        "sent", "sent mail", "sent messages", "sent items", "gesendet", "gesendete objekte", "gesendete elemente", "envoyé",
        "envoyés", "messages envoyés", "éléments envoyés", "enviado", "enviados", "elementos enviados", "inviata", "inviati",
        "posta inviata", "verzonden", "verzonden items", "odesláno", "odeslaná pošta", "wysłane", "poslano", "отправленные",
        "skickat", "sendt", "lähetetyt", "送信済み", "已发送", "gönderilmiş postalar",
        "skickade", "sendte", "elküldött", "trimise", "odoslané", "надіслані", "απεσταλμένα", "보낸편지함", "寄件備份", "e-mails enviados",
    ),
    "spam": (
        "spam", "junk", "junk e-mail", "junk email", "bulk mail", "courrier indésirable", "correo no deseado", "pourriel",
        "posta indesiderata", "spamverdacht", "nevyžádaná pošta", "спам",
        "skräppost", "roskaposti", "neželena pošta", "ongewenste e-mail", "迷惑メール", "垃圾邮件", "스팸함",
    ),
    "trash": (
        "trash", "bin", "deleted items", "deleted messages", "papierkorb", "gelöschte objekte", "corbeille", "papelera",
        "cestino", "lixeira", "prullenbak", "koš", "kosz", "smeti", "корзина",
        "papperskorg", "papirkurv", "roskakori", "çöp kutusu", "кошик", "ゴミ箱", "已删除邮件", "휴지통",
    ),
    "draft": ("draft", "drafts", "entwurf", "entwürfe", "brouillon", "brouillons", "borrador", "borradores", "bozza", "bozze",
              "rascunhos", "concepten", "koncepty", "wersje robocze", "osnutki", "черновики"),
    "not_social": ("chat", "chats"),
}  # fmt: skip
_MEANING: Final = {normalise_name(word): meaning for meaning, words in _WORDS.items() for word in words}
_PIECE: Final = re.compile(r'\s*(?:"([^"]*)"|([^,]*))\s*(?:,|$)')
_LONGEST: Final = 4000
"""Characters of a value that are read: more labels than that has no mail."""
_FLAGS: Final = re.compile(r"[:;!]2,([A-Za-z]{1,30})$")
_FLAG: Final = {"T": "trash", "D": "draft"}
_FOLDER_START: Final = re.compile(r"^\.?(?:INBOX[./])?", re.IGNORECASE)
_FOLDER_END: Final = re.compile(r"(?:\.mbox|\.mbx|\.sbd)?(?:-\d+| \(\d+\))?(?:\.mbox|\.mbx)?$", re.IGNORECASE)


def labels(raw: str) -> list[str]:
    """Return the labels of an `X-Gmail-Labels` value: decoded first, then split at commas outside quotes."""
    return [name for quoted, bare in _PIECE.findall(decoded(raw)) if (name := (quoted or bare).strip())]


def folder_meanings(member: str) -> frozenset[str]:
    """Return the marks of a member by its name and the two folders above it (`.Sent/cur/…`).

    A maildir file's name ends in the flags of its one mail: `:2,` and letters, `T` for thrown away and `D` for a draft.
    """
    flags = _FLAGS.search(member)
    flagged = {_FLAG[letter] for letter in flags[1] if letter in _FLAG} if flags else set()
    parts = member.replace("!", "/").split("/")[-3:]
    names = [_FOLDER_START.sub("", _FOLDER_END.sub("", part)) for part in parts]
    return frozenset(flagged) | {meaning for name in names if (meaning := _MEANING.get(normalise_name(name)))}


def meanings(headers: Headers) -> frozenset[str]:
    """Return the marks of a mail by its labels: `sent`, or a rule by which it is skipped."""
    raw = headers.raw("x-gmail-labels")
    return _meanings(raw[:_LONGEST]) if raw else frozenset()


@lru_cache(maxsize=1 << 12)
def _meanings(raw: str) -> frozenset[str]:
    return frozenset(meaning for name in labels(raw) if (meaning := _MEANING.get(normalise_name(name))))


def skip_rule(marks: frozenset[str]) -> str | None:
    """Return the rule by which a mail with these meanings is skipped."""
    return next((rule for rule in ("spam", "trash", "draft", "not_social") if rule in marks), None)
