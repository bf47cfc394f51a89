r"""Undo Meta's double encoding. Format fact: each UTF-8 byte of a text is written as a character escape of its own.

`"Zoë"` is exported as `"Zo\u00c3\u00ab"`, in values, object keys and labels alike.
"""

import unicodedata

from pipeline.sources.shared.json_values.access import JsonObject


def repair(text: str) -> str:
    r"""Return the text with the double encoding undone; a correct text is returned unchanged.

    A text is changed only when all its characters fit into one byte and these bytes are UTF-8. Apply once, after parsing.

    >>> repair("Zo\u00c3\u00ab"), repair("Zoë")
    ('Zoë', 'Zoë')
    """
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def repair_tree(value: object) -> object:
    """Return a JSON value with every text and every object key repaired."""
    if isinstance(value, str):
        return repair(value)
    if isinstance(value, list):
        return [repair_tree(item) for item in value]
    if isinstance(value, dict):
        return repair_object(value)
    return value


def repair_object(record: JsonObject) -> JsonObject:
    """Return a JSON object with every text and every key in it repaired."""
    return {repair(key): repair_tree(item) for key, item in record.items()}


def clean_name(value: object) -> str:
    """Return a repaired name in NFC without outer blanks; empty for anything but a text."""
    return unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else ""
