"""Long texts (`note-tweet.js`). Format fact: a tweet over 280 characters is cut off; its whole text is a record of its own."""

from typing import Final

from pipeline.model.records import Interaction, Parsed, Person, Row, SetAside, Skipped, Stored, Unattributed
from pipeline.model.survey import Context
from pipeline.sources.shared.json_values.access import JsonObject, at_path
from pipeline.sources.shared.web.json_items import iso_us, kept, text_of, unreadable_time
from pipeline.sources.x.facts import XFacts
from pipeline.sources.x.files import record_parser
from pipeline.sources.x.people import id_of, is_owner_person, person_of
from pipeline.sources.x.tweet_fields import long_text_mentions


def _long_text(note: JsonObject, pointer: str, context: Context) -> Parsed:
    """Leave out the text of a tweet in the export, which carries it; a text without its tweet is an act of its own."""
    note_id, at = id_of(note.get("noteTweetId")), iso_us(note.get("createdAt"))
    if note_id in context.facts(XFacts).status_of_long_text:
        return Skipped(pointer, "duplicate_of_other_file")
    if not note_id:
        return SetAside(pointer, "missing_field", "a long text without an id")
    if at is None:
        return unreadable_time(pointer)
    native_id = f"note:{note_id}"
    text = kept(text_of(at_path(note, "core", "text")), context)
    people: dict[str, Person] = {}
    for mention in long_text_mentions(note):
        person = person_of(mention, context)
        if person and not is_owner_person(person, context):
            people.setdefault(person.native_id, person)
    rows: list[Row] = []
    for person in people.values():
        rows += [person, Interaction(person.native_id, "outbound", "mention", at, native_id=native_id, text=text)]
    return Stored(pointer, tuple(rows) or (Unattributed("post", "outbound", at, text=text, native_id=native_id),))


read_long_texts: Final = record_parser("noteTweet", _long_text)
