"""Split a file into records: the lines that begin one, in the form of the file, and the lines that continue it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.sources.whatsapp.forms import Form, Head, head_of
from pipeline.sources.whatsapp.language_tables import month_words


@dataclass(slots=True)
class Line:
    """A record: the number of its first line (from 1), its head, and its following lines."""

    number: int
    head: Head
    more: list[str] = field(default_factory=list)


def form_of(lines: Sequence[str]) -> Form | None:
    """Return the form of the first line that is a head. A chat that is pasted into a message may have another form."""
    return next((head.form for head in map(head_of, lines) if head is not None), None)


def lines_of(text: str) -> Iterator[Line]:
    """Yield the records of a file. Heads with an unknown word beside the time count only if the file has no others."""
    raw = [line.rstrip("\r") for line in text.rstrip().split("\n")]
    form = form_of(raw)
    if form is None:
        return
    heads = _with_months([head_of(line, form) for line in raw])
    known = any(head is not None and head.period != "?" for head in heads)
    current: Line | None = None
    for number, (line, head) in enumerate(zip(raw, heads, strict=True), start=1):
        if head is not None and (head.period != "?" or not known):
            if current is not None:
                yield current
            current = Line(number, head)
        elif current is not None:
            current.more.append(line)
    if current is not None:
        yield current


def _with_months(heads: Sequence[Head | None]) -> list[Head | None]:
    """Return the heads with the numbers of their named months, in the language that has most of the file's words."""
    words = Counter(head.month_word for head in heads if head is not None and head.month_word)
    if not words:
        return list(heads)
    numbers = month_numbers(words)
    return [
        head._replace(second=str(numbers.get(head.month_word, ""))) if head is not None and head.month_word else head
        for head in heads
    ]


def month_numbers(words: Counter[str]) -> dict[str, int]:
    """Return the number of each word that means one month only in the languages that know most of a file's words.

    Polish and Croatian both have `listopada`, for November and October: without another word, it stays open.

    >>> month_numbers(Counter({"aug": 3, "sep": 1})), month_numbers(Counter({"listopada": 1})), month_numbers(Counter({"listopada": 1, "lipca": 1}))
    ({'aug': 8, 'sep': 9}, {}, {'listopada': 11, 'lipca': 7})
    """
    votes: Counter[str] = Counter()
    for word, count in words.items():
        for language in month_words()[word]:
            votes[language] += count
    most = max(votes.values())
    best = {language for language, count in votes.items() if count == most}
    found = {}
    for word in words:
        meanings = {number for language, number in month_words()[word].items() if language in best} or set(
            month_words()[word].values()
        )
        if len(meanings) == 1:
            found[word] = meanings.pop()
    return found
