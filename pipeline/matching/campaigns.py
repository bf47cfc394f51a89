"""The owner's bulk sends: they don't ask for an answer."""

from collections import Counter, deque
from typing import Final

import polars as pl

from pipeline.matching.normal_texts import LEAST_TOKENS, long_texts, tokens
from pipeline.matching.shared_acts import SHARED_INPUT, group_person
from pipeline.model.durations import DAY

LEAST_CONTACTS: Final = 5
"""A text sent to so many contacts within SPAN_US is a campaign."""
SPAN_US: Final = DAY


def campaign_sends(encoded: pl.DataFrame) -> pl.DataFrame:
    """Find outbound interactions of a campaign.

    Either one send (a message with one id, outside group chats) to several contacts, or the same normalised text of at
    least 6 tokens to at least 5 contacts within 24 hours, a message to a group chat counting as one contact.

    Args:
        encoded: what `encoding.encode` returns.

    Returns:
        `row` (UInt32) and `reason`, in English; each row once, in any order.

    Source: methods:campaigns.
    """
    message = (pl.col("class").cast(pl.String) == "message") & ~pl.col("is_group")
    sent = encoded.filter("outbound").select("row", "contact", *SHARED_INPUT, "text", message.alias("message"))
    # strings are compared only where their hashes already show that enough of them are equal
    by_id = sent.filter(pl.col("message") & pl.col("native_id").is_not_null())
    by_id = by_id.filter(repeated(by_id["native_id"], 2))
    people = pl.col("contact").n_unique().over("platform", "account_id", "native_id")
    one_send = by_id.with_columns(people.alias("people")).filter(pl.col("people") > 1)
    by_send = one_send.select("row", pl.format("campaign: one message to {} people", "people").alias("reason"))
    by_text = long_texts(sent.drop("message").filter(tokens("text") >= LEAST_TOKENS))
    by_text = (
        by_text.filter(repeated(by_text["normal_text"], LEAST_CONTACTS))
        .with_columns(group_person("contact").alias("contact"))
        .filter(pl.col("contact").n_unique().over("normal_text") >= LEAST_CONTACTS)
        .sort("normal_text", "at", "row")
    )
    bursts = [
        group.select("row", _people_of_bursts(group["at"].to_list(), group["contact"].to_list()))
        for _, group in by_text.group_by("normal_text", maintain_order=True)
    ]
    reason = pl.format("campaign: one text to {} people within 24 hours", "people").alias("reason")
    by_burst = [group.filter(pl.col("people") > 0).select("row", reason) for group in bursts]
    return pl.concat([by_send, *by_burst]).unique("row", keep="first", maintain_order=True)


def repeated(values: pl.Series, times: int) -> pl.Series:
    """Mark values that may occur at least `times` times.

    Compares hashes, so that long texts are read once. Every value that is repeated is marked; another value is marked
    only when its hash collides with a repeated one.

    Args:
        values: any number of values, none included.
        times: at least 2.

    Returns:
        Boolean, one a value.
    """
    hashes = values.hash()
    rising = hashes.sort()
    # in sorted order, equal hashes `times - 1` rows apart enclose `times` of them
    return hashes.is_in(rising.filter(rising == rising.shift(times - 1)).unique().implode())


def _people_of_bursts(times: list[int], contacts: list[int]) -> pl.Series:
    """Count the people whom the largest burst around each send reaches: a span of SPAN_US with enough contacts.

    Args:
        times: of the sends, in µs, rising.
        contacts: their receivers.

    Returns:
        `people`, one a send; 0 for a send in no burst.
    """
    window: Counter[int] = Counter()
    reached = []
    begin = 0
    for time, contact in zip(times, contacts, strict=True):
        window[contact] += 1
        while time - times[begin] > SPAN_US:
            window[contacts[begin]] -= 1
            if not window[contacts[begin]]:
                del window[contacts[begin]]
            begin += 1
        reached.append(len(window) if len(window) >= LEAST_CONTACTS else 0)
    # the largest of the spans that end at a send or at most SPAN_US after it
    people = [0] * len(times)
    largest: deque[int] = deque()
    for send in reversed(range(len(times))):
        while largest and reached[largest[-1]] <= reached[send]:
            largest.pop()
        largest.append(send)
        while times[largest[0]] - times[send] > SPAN_US:
            largest.popleft()
        people[send] = reached[largest[0]]
    return pl.Series("people", people, dtype=pl.UInt32)
