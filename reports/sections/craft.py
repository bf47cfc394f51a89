"""Craft of outreach: what the owner's texts are, and how each kind was answered."""

from collections.abc import Callable
from typing import Final

import polars as pl

from pipeline.model.durations import DAY_S
from reports import charts, formats, limits, shares, theme, wording
from reports.headline import Cell, Claim, Headline, comparable, equals
from reports.model import Column, Content, Context, Figure, Frames, Note, Row, Section, Size, Spec, Table
from reports.wording import label

QUESTION = "Do texts that say something get answered more than “great post”? Do you give before you ask?"
WORDS: Final = {
    "craft": wording.GENERICNESS,
    "templated": wording.TEMPLATED,
    "intent": wording.INTENTS,
    "asked": wording.ASKED,
}
DRAWN: Final = (*WORDS, "earlier_gifts")
_ORDER: Final = tuple(value for words in (*WORDS.values(), wording.EARLIER_GIFTS) for value in words)


def texts_frame(texts: pl.DataFrame) -> pl.DataFrame:
    """Return the kinds of texts with their share of all texts; NULL where there are too few texts for a share."""
    total = pl.col("texts").sum().over("dimension")
    share = pl.when(total >= limits.DRAW_GESTURES).then(pl.col("texts") / total)
    frame = _ordered(texts.with_columns(share=share, total=total))
    labels = [label(WORDS.get(row["dimension"], {}), row["value"]) for row in frame.iter_rows(named=True)]
    return frame.with_columns(label=pl.Series("label", labels, pl.String))


def answers_frame(answers: pl.DataFrame) -> pl.DataFrame:
    """Return the answered shares, labelled, in the order of the chart; steps that aren't assessed last."""
    return shares.labelled(_ordered(answers.filter(pl.col("value") != "not_assessed")))


def _ordered(frame: pl.DataFrame) -> pl.DataFrame:
    def rank(name: str, order: tuple[str, ...]) -> pl.Expr:
        numbers = {value: number for number, value in reversed(list(enumerate(order)))}
        return pl.col(name).replace_strict(numbers, default=99, return_dtype=pl.Int64)

    return frame.sort(rank("dimension", DRAWN), rank("value", _ORDER), "dimension", "value")


def comparisons_frame(comparisons: pl.DataFrame) -> pl.DataFrame:
    """Return the compared pairs with a verdict in words."""
    verdicts = [_verdict(row) for row in comparisons.iter_rows(named=True)]
    return comparisons.with_columns(verdict=pl.Series("verdict", verdicts, pl.String))


def _verdict(row: Row) -> str:
    words = WORDS.get(row["dimension"], {})
    first, second = (label(words, row[side]).lower() for side in ("first", "second"))
    if not row["tested"] or row["difference"] is None or row["low"] is None or row["high"] is None:
        return "Too few to say"
    if row["low"] <= 0 <= row["high"] or row["p_holm"] is None or row["p_holm"] >= 0.05:
        return wording.NO_CLEAR_DIFFERENCE.format(left=f"“{first}”", right=f"“{second}”")
    return f"“{first if row['difference'] > 0 else second}” goes together with more answers"


def headline(texts: pl.DataFrame, answers: pl.DataFrame) -> Headline:
    """Say what the owner's texts are, and whether substantive ones are answered more often than generic ones."""
    kinds = {row["value"]: row for row in texts.filter(dimension="craft").iter_rows(named=True)}
    if not kinds:
        return Headline("No texts of yours to look at")
    total = sum(row["texts"] for row in kinds.values())
    named = [kinds[value] for value in ("substantive", "short", "generic") if value in kinds]
    if total < limits.DRAW_GESTURES:
        parts = [f"{formats.count(row['texts'])} {row['label'].lower()}" for row in named]
        claims = [_claim(row, "texts") for row in named]
        return Headline(
            f"Of your {formats.plural(total, 'text', 'texts')}: {', '.join(parts) or 'none assessed'}", tuple(claims)
        )
    parts = [f"{formats.percent(row['share'])} {row['label'].lower()}" for row in named]
    said = f"Your {formats.count(total)} texts: {', '.join(parts) or 'none assessed'}"
    claims = [_claim(row, "share") for row in named] + [_claim(row, "total") for row in named[:1]]
    answered = {row["value"]: row for row in answers.filter(dimension="craft").iter_rows(named=True)}
    left, right = answered.get("substantive"), answered.get("generic")
    if left is None or right is None or not (left["drawn"] and right["drawn"]):
        return Headline(said, tuple(claims))
    if not comparable(left, right):
        nothing = wording.NO_CLEAR_DIFFERENCE.format(left="substantive", right="generic ones").lower()
        return Headline(f"{said}. In how often they were answered, {nothing}", tuple(claims))
    more = left["answered_share"] > right["answered_share"]
    cells = [_answer_cell(value) for value in ("substantive", "generic")]
    claims += [Claim(cell, "=", row["answered_share"]) for cell, row in zip(cells, (left, right), strict=True)]
    claims.append(Claim(cells[0], ">" if more else "<", cells[1], interval_disjoint=True))
    percents = [formats.percent(row["answered_share"]) for row in (left, right)]
    word = "more" if more else "less"
    return Headline(
        f"{said}. Substantive ones were answered {word} often than generic ones: {percents[0]} against {percents[1]}",
        tuple(claims),
    )


def _claim(row: Row, column: str) -> Claim:
    return equals("craft_texts", column, row[column], dimension="craft", value=row["value"])


def _answer_cell(value: str) -> Cell:
    return Cell("craft_answers", (("dimension", "craft"), ("value", value)), "answered_share")


def gives_frame(gives: pl.DataFrame) -> pl.DataFrame:
    """Return the contacts who were asked, by gifts before the first ask, with words."""
    labels = [label(wording.GIVES, value) for value in gives["gifts"]]
    return gives.with_columns(label=pl.Series("label", labels, pl.String))


def _percent(name: str, words: str) -> Column:
    return Column(
        name, words, lambda row: formats.NOTHING if row[name] is None else formats.percent(row[name]), numeric=True
    )


def _points(name: str, words: str) -> Column:
    return Column(
        name, words, lambda row: formats.NOTHING if row[name] is None else f"{row[name] * 100:+.0f}", numeric=True
    )


def _side(name: str, words: str) -> Column:
    return Column(name, words, lambda row: label(WORDS.get(row["dimension"], {}), row[name]))


_BY: Final = Column("dimension", "By", lambda row: label(wording.DIMENSIONS, row["dimension"]))


def figures(frames: Frames) -> tuple[pl.DataFrame, pl.DataFrame, list[Figure]]:
    """Return the labelled texts and answers, and the figures made of them."""
    texts, answers = texts_frame(frames["texts"]), answers_frame(frames["answers"])
    pairs, gives = comparisons_frame(frames["comparisons"]), gives_frame(frames["gives"])
    text_columns = (
        _BY,
        Column("value", "Kind", lambda row: row["label"]),
        Column("texts", "Texts", numeric=True),
        Column("total", "of", numeric=True),
        Column("contacts", "People", numeric=True),
        _percent("share", "Share"),
    )
    pair_columns = (
        _BY, _side("first", "One"), _side("second", "Other"), Column("gestures_first", "Steps, one", numeric=True), Column("gestures_second", "Steps, other", numeric=True),
        Column("shared_contacts", "People with both", numeric=True), _percent("share_first", "Answered, one"), _percent("share_second", "Answered, other"),
        _points("difference", "Points apart"), _points("low", "from"), _points("high", "to"),
        Column("p_holm", "p (Holm)", lambda row: formats.NOTHING if row["p_holm"] is None else "under 0.001" if row["p_holm"] < 0.001 else f"{row['p_holm']:.3f}", numeric=True),
        Column("verdict", "In words"),
    )  # fmt: skip
    gives_columns = (
        Column("gifts", "Gifts before", lambda row: row["label"]),
        Column("contacts", "People asked", numeric=True),
        Column("median_days", "Half asked within", lambda row: formats.lag(None if row["median_days"] is None else row["median_days"] * DAY_S), numeric=True),
    )  # fmt: skip
    return texts, answers, [
        *_answer_figures(texts, answers),
        Figure("craft_texts", "What your texts are", "", Table("craft_texts", text_columns, texts), "", None, "" if texts.height else wording.NO_TEXTS, option="What they are"),
        Figure(
            "craft_comparisons", "Kinds compared", "", Table("craft_comparisons", pair_columns, pairs), "", None,
            _pairs_words(pairs), option="Kinds compared",
        ),
        Figure("craft_gives", "Gifts before your first ask", "", Table("craft_gives", gives_columns, gives), "Texts that gave something before the first one that asked; group chats left out.", None, "" if gives.height else "No text of yours is known to ask for anything.", option="Gifts first"),
    ]  # fmt: skip


def _answer_figures(texts: pl.DataFrame, answers: pl.DataFrame) -> list[Figure]:
    """Return one chart of answered shares for each way of dividing the owner's steps by their texts."""
    empty = wording.NO_TEXTS if texts.is_empty() else "No step with a text could have been seen answered."
    dimensions = answers["dimension"].unique(maintain_order=True).to_list() or [DRAWN[0]]
    found: list[Figure] = []
    for dimension in dimensions:
        rows = answers.filter(dimension=dimension)
        title = wording.DIMENSIONS[dimension]
        caption = "Each mark is the share answered in words within 7 days, the line through it its 95 % interval. Numbers on the right count steps."
        if rows.filter(pl.col("drawn"))["chance_share"].is_not_null().any():
            caption += " A short grey tick marks the share expected by chance."
        key = "craft_answers" if dimension == DRAWN[0] else f"craft_answers_{dimension}"
        found.append(
            Figure(
                key, title, f"Dots with intervals: share of your steps answered within 7 days. {title}.", shares.table(key, rows),
                caption if rows.height else "", _drawing(rows) if rows.height else None, empty, option=title,
            )
        )  # fmt: skip
    return found


def _drawing(rows: pl.DataFrame) -> Callable[[Size], Spec]:
    return lambda size: charts.share_dots(
        rows, size, series={"me": wording.INITIATORS["me"]}, colours={"me": theme.INITIATOR_COLOURS["me"]},
        shapes={"me": theme.INITIATOR_SHAPES["me"]}, title="Share of your steps answered within 7 days",
        columns=["dimension", "value", "initiator"],
    )  # fmt: skip


def _pairs_words(pairs: pl.DataFrame) -> str:
    if pairs.is_empty():
        return "No two kinds of texts to compare yet."
    clear = pairs.filter(pl.col("verdict").str.contains("goes together")).height
    return f"{formats.plural(pairs.height, 'pair', 'pairs')} of kinds compared, {formats.count(clear)} with a clear difference. The table has each difference with its interval and a test within the people who got both kinds."


def asks_lines(first_asks: pl.DataFrame) -> tuple[str, ...]:
    """Say what share of people had been asked within 30 days, and within a year."""
    rows = first_asks.filter(pl.col("day").is_in([30, 365]), pl.col("contacts") >= limits.DRAW_GESTURES).sort("day")
    return tuple(
        f"{wording.share_with_interval(row['asked_share'], row['low'], row['high'])} of the people you wrote to had been asked for something within {row['day']} days of the first contact."
        for row in rows.iter_rows(named=True)
        if None not in (row["asked_share"], row["low"], row["high"])
    )


def build(frames: Frames, _context: Context) -> Content:
    """Compute the section."""
    texts, answers, made = figures(frames)
    asks = asks_lines(frames["first_asks"])
    unknown = int(texts.filter(value="not_assessed", dimension="craft")["texts"].sum())
    rough = sorted(limits.ROUGH_RULES & set(DRAWN))
    notes = [
        Note(wording.HOW_TO_READ, (wording.ASSOCIATION, "Generic: praise, thanks or a greeting without content. Templated: nearly the same text went to three people or more within 90 days. A gift is named thanks, help, a resource, good wishes.")),
        *((Note("When you first ask", asks),) if asks else ()),
        Note(wording.HOW_SURE, (wording.BY_CONTACT, wording.OVERLAP, *(f"{wording.DIMENSIONS[name]}: {wording.ROUGH}" for name in rough))),
        Note(wording.NOT_VISIBLE, (f"{formats.plural(unknown, 'text is', 'texts are')} not assessed: the rules know English, Spanish, German, French and Portuguese.",)),
    ]  # fmt: skip
    return Content(headline(texts, answers), made, notes)


SECTION = Section(
    key="craft", title="Craft of outreach", question=QUESTION, build=build, order=53,
    queries={"texts": "craft_texts", "answers": "craft_answers", "comparisons": "craft_comparisons", "gives": "craft_gives", "first_asks": "first_asks"},
)  # fmt: skip
