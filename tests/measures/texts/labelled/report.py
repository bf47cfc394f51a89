"""The section of docs/validation.md about the text rules."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.model.text_accuracy import Accuracy
from tests.measures.texts.labelled.accuracy import ALL_LANGUAGES, LANGUAGES, RULES, half, measured, share
from tests.measures.texts.labelled.measure import LABELS, Labelled, described, kappa, labelled_texts, score

_GENERICNESS: Final = ("generic", "short", "substantive", "not_assessed")
_ERRORS: Final = """\
**What kinds of errors are there on the unseen half?**

- A request or an offer in words that the lists don't have: a need stated politely, a pitch that ends in a question, terms
  of a trade. It lowers the recall of `ask`, `give` and `self_promotion`.
- A phrase of a list in another sense: an imperative form that is a statement about oneself, a sarcastic congratulation, a
  rhetorical question. It lowers the precision of `ask`, `give` and `asks_for_answer`.
- Dialect, regional English and texts without punctuation: short praise is called short or is not assessed, and a short
  statement with a word of praise is called generic."""


def report() -> str:
    """Return the section."""
    parts = (_set(), _agreement(), _rules(), _by_language(), _accusations(), _confusion())
    return "\n".join([*(line for part in parts for line in part), _ERRORS])


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %"


def _table(head: str, rows: Sequence[str]) -> list[str]:
    columns = head.count("|") - 1
    return [head, "| --- |" + " --: |" * (columns - 1), *rows, ""]


def _set() -> Iterator[str]:
    texts = labelled_texts()
    unseen = sum(text.unseen for text in texts)
    hard = sum(text.tag == "hard" for text in texts) / len(texts)
    settled = sum(text.a != text.b for text in texts)
    languages = Counter(text.language if text.language in LANGUAGES else "others" for text in texts)
    yield "## Text rules"
    yield ""
    yield "`python -m tests.soak.texts --write docs/validation.md` made this section and `pipeline/model/text_accuracy.toml`."
    yield ""
    yield f"{len(texts):,} texts were written for the project, by writers who labelled none of them:"
    yield ", ".join(f"{count} {language}" for language, count in languages.most_common()) + "."
    yield f"{_percent(hard)} of them are of hard kinds: irony, quoted praise, an offer disguised as a question, a link that"
    yield "answers a question, long empty praise, dialect, mixed languages."
    yield "Each was labelled twice, without sight of the other labels. Where the two differed in any label"
    yield f"({settled} texts), a third labeller decided. A hash of the id splits them: the rules were written looking at"
    yield f"the {len(texts) - unseen} texts of the development half only; the {unseen} of the other half are called unseen here."
    yield "The text model was trained on the development half too, so figures of that half are those of texts it knows."
    yield ""
    yield "Writers and labellers are language models of one family, and so is what wrote the rules. Labellers of one family"
    yield "err alike, so kappa flatters; people would agree less, and texts that people wrote will give lower figures than these."
    yield "The share of hard texts is far above that of an ordinary archive, which makes these figures lower. The two effects are"
    yield "not measured."
    yield ""


def _agreement() -> Iterator[str]:
    texts = labelled_texts()
    rows = [
        f"| `{name}` | {kappa(name, texts):.2f} | {_percent(sum(t.a[name] == t.b[name] for t in texts) / len(texts))} |"
        for name in LABELS
    ]
    yield "**Do the two labellers agree?** Cohen's kappa, without weights."
    yield ""
    yield from _table("| label | kappa | same label |", rows)


def _rules() -> Iterator[str]:
    development, unseen = half(unseen=False), half(unseen=True)
    accuracy = {row.rule: row for row in measured() if row.language == ALL_LANGUAGES}
    rows = []
    for rule, label in RULES.items():
        of, before = score(*label, unseen), score(*label, development)
        row = accuracy.get(rule)
        precision = f"{_percent(row.precision)} ({_percent(row.low)} to {_percent(row.high)})" if row else "–"
        wanted = of.right + of.missed
        recall, low, high = share(of.right, wanted)
        rows.append(
            f"| `{rule}`{' (rough)' if row and row.rough else ''} | {wanted} | {precision} | {_percent(before.precision)} |"
            f" {_percent(recall)} ({_percent(low)} to {_percent(high)}) | {_percent(before.recall)} |"
            f" {of.f1:.2f} | {before.f1:.2f} | {_percent(of.not_assessed / len(unseen))} |"
        )
    yield "**How accurate is each rule?** Unseen half with 95 % Wilson bounds, beside the development half. A text that is not"
    yield "assessed counts as not found, so recall of tone is low: only English has a lexicon. Rough: precision below 80 % on the"
    yield "unseen half."
    yield ""
    yield from _table(
        "| rule | labelled | precision | in development | recall | in development | F1 | in development | not assessed |",
        rows,
    )


def _by_language() -> Iterator[str]:
    rows = {(row.rule, row.language): row for row in measured()}

    def cell(row: Accuracy | None) -> str:
        if row is None:
            return "–"
        return (
            f"{_percent(row.precision)} ({_percent(row.low)} to {_percent(row.high)}) of {row.found};"
            f" {_percent(row.recall)}{' (rough)' if row.rough else ''}"
        )

    texts = ", ".join(f"{language} {len(half(unseen=True, language=language))}" for language in LANGUAGES)
    yield "**And in each language?** Unseen half: precision with its bounds, of so many texts found; then recall. –: nothing found."
    yield f"Texts: {texts}."
    yield ""
    yield from _table(
        f"| rule | {' | '.join(LANGUAGES)} |",
        [
            f"| `{rule}` | " + " | ".join(cell(rows.get((rule, language))) for language in LANGUAGES) + " |"
            for rule in RULES
        ],
    )


def _accusations() -> Iterator[str]:
    yield "**How many honest contacts are accused?** Inbound texts whose labels are neither link drop nor self-promotion, and how"
    yield "many of them the rules call one or the other."
    yield ""
    rows = []
    for name, unseen in (("unseen", True), ("development", False)):
        accused, honest = accusations(half(unseen=unseen))
        value, low, high = share(accused, honest)
        rows.append(f"| {name} | {honest} | {accused} | {_percent(value)} ({_percent(low)} to {_percent(high)}) |")
    yield from _table("| half | honest texts | accused | share |", rows)


def accusations(texts: Sequence[Labelled]) -> tuple[int, int]:
    """Return how many honest inbound texts are called link drop or self-promotion, and how many honest ones there are."""
    honest = {
        text.id
        for text in texts
        if text.direction == "inbound" and not text.label["link_drop"] and not text.label["self_promotion"]
    }
    found = described().select("id", "link_drop", "self_promotion").iter_rows()
    return sum(bool(drop or promotion) for name, drop, promotion in found if name in honest), len(honest)


def _confusion() -> Iterator[str]:
    label = {text.id: str(text.label["genericness"]) for text in half(unseen=True)}
    pairs = Counter(
        (label[name], found) for name, found in described().select("id", "genericness").iter_rows() if name in label
    )
    yield "**What is genericness confused with?** Unseen half; a line is a label, a column what the rule says."
    yield ""
    yield from _table(
        f"| label | {' | '.join(name.replace('_', ' ') for name in _GENERICNESS)} |",
        [
            f"| {wanted} | " + " | ".join(str(pairs[wanted, found]) for found in _GENERICNESS) + " |"
            for wanted in _GENERICNESS[:3]
        ],
    )
