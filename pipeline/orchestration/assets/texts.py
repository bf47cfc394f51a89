"""How texts are written: craft of the owner's, tone of the contacts', and the gestures by both."""

from typing import Annotated, Final

import polars as pl

from pipeline.home.settings import Settings
from pipeline.matching.risk_set import RiskSet
from pipeline.matching.tie_ends import tie_ends
from pipeline.measures.reciprocation.dimensions import KEPT
from pipeline.measures.texts import contact_craft as of_contacts
from pipeline.measures.texts import craft_dimensions as of_craft
from pipeline.measures.texts import first_asks as of_first_asks
from pipeline.measures.texts import gesture_labels, owner_texts
from pipeline.measures.texts.craft import craft_table, tone_table
from pipeline.measures.texts.described import DESCRIBED_INPUT, Wanted, describe
from pipeline.measures.texts.disclosure_matching import GESTURES_INPUT as DISCLOSURE_GESTURES
from pipeline.measures.texts.disclosure_matching import disclosure_matching, disclosure_pairs
from pipeline.measures.texts.link_drops import find_link_drops
from pipeline.orchestration import contact_ids, table_facts
from pipeline.orchestration.names import contact_names, owner_names
from pipeline.orchestration.resources import Session
from pipeline.orchestration.settings import matching_parameters
from pipeline.orchestration.table_assets import Columns, Made, tables
from pipeline.orchestration.text_cache import TextCache

_OF_CONTACTS: Final = sorted({
    *owner_texts.ENCODED_INPUT, *gesture_labels.ENCODED_INPUT, *of_first_asks.FOLLOWED_INPUT,
} - {"contact_id"})  # fmt: skip
"""Columns of the encoded interactions that figures by contact need beside contact_id."""


@tables(
    "craft",
    "tone",
    link_drops="Texts that only offer a link, to own pages or as a first contact.",
    link_droppers="Contacts who sent nothing but link drops.",
    disclosure_depths="Depth of self-disclosure of the texts of both sides; empty unless `text.disclosure` is on.",
)
def texts(
    interactions: Annotated[pl.LazyFrame, Columns(*DESCRIBED_INPUT)],
    identities: Annotated[pl.DataFrame, Columns("contact_id", "display_name", "handle")],
    accounts: Annotated[pl.DataFrame, Columns("display_name", "handle")],
    settings: Settings,
    session: Session,
) -> Made:
    """Describe each text: its language, what it does, its tone; and who sends nothing but links to their own pages."""
    acts, own_domains = interactions.collect(), settings.own_domains
    if settings.text.enabled:
        found = describe(
            acts,
            contact_names(identities),
            owner_names(accounts, settings),
            own_domains,
            Wanted(disclosure=settings.text.disclosure, tone_private=settings.text.tone_private),
            TextCache.of(session.home()).computed,
        )
        yield "craft", craft_table(found.texts, disclosure=settings.text.disclosure)
        yield "tone", tone_table(found.texts, private=settings.text.tone_private)
        drops = found.link_drops
        depths = found.texts if settings.text.disclosure else found.texts.clear()
        yield "disclosure_depths", depths.select("interaction_id", pl.col("disclosure").alias("depth")).drop_nulls()
    else:
        drops = find_link_drops(acts, own_domains)
        yield "craft", table_facts.empty("craft")
        yield "tone", table_facts.empty("tone")
        yield "disclosure_depths", pl.DataFrame(schema={"interaction_id": pl.String, "depth": pl.Int64})
    yield "link_drops", drops.drops
    yield "link_droppers", drops.nothing_else.to_frame()


@tables("contact_craft", "first_asks")
def contact_craft_and_first_asks(
    encoded_interactions: pl.LazyFrame,
    gestures: Annotated[pl.LazyFrame, Columns(*DISCLOSURE_GESTURES)],
    craft: Annotated[pl.DataFrame, Columns(*of_contacts.CRAFT_INPUT)],
    disclosure_depths: pl.DataFrame,
    coverage: pl.DataFrame,
    as_of: pl.DataFrame,
) -> Made:
    """How the owner wrote to each contact, what was given before anything was asked, and when the first ask came."""
    if craft.is_empty():
        yield "contact_craft", table_facts.empty("contact_craft")
        yield "first_asks", table_facts.empty("first_asks")
        return
    encoded = contact_ids.encoded(encoded_interactions, _OF_CONTACTS)
    pairs = disclosure_pairs(encoded, gestures, disclosure_depths) if disclosure_depths.height else None
    kept = owner_texts.with_campaigns(encoded)
    people = of_contacts.contact_craft_table(kept, craft, None if pairs is None else disclosure_matching(pairs))
    yield "contact_craft", people
    spans = of_first_asks.followed_spans(kept, coverage, as_of.item())
    yield "first_asks", of_first_asks.first_asks_table(people, spans)


@tables(
    craft_dimensions="The owner's gestures by how they are written, campaigns included.",
    text_labels="Values of gestures in dimensions `asked` and `tone`.",
)
def craft_dimensions_and_text_labels(
    encoded_interactions: pl.LazyFrame,
    gestures: Annotated[pl.LazyFrame, Columns(*KEPT, "gesture_id", "first_interaction_id")],
    interactions: Annotated[pl.LazyFrame, Columns("interaction_id", "text")],
    craft: Annotated[pl.DataFrame, Columns(*gesture_labels.CRAFT_INPUT)],
    tone: Annotated[pl.DataFrame, Columns(*gesture_labels.TONE_INPUT)],
    coverage: pl.DataFrame,
    ties: pl.DataFrame,
    settings: Settings,
) -> Made:
    """Carry what the texts say over to the gestures that they are part of."""
    lengths = interactions.drop_nulls("text").select("interaction_id", pl.col("text").str.len_chars().alias("length"))
    owners, theirs = (
        texts.lazy().join(lengths, on="interaction_id", how="left").collect() if texts.height else texts
        for texts in (craft, tone)
    )
    encoded = encoded_interactions.collect()
    risk, parameters = RiskSet(coverage, tie_ends(ties)), matching_parameters(settings)
    yield "craft_dimensions", of_craft.craft_dimensions(encoded, gestures, owners, risk, parameters)
    yield "text_labels", gesture_labels.gesture_labels(encoded, gestures, owners, theirs)
