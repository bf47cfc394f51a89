"""Text that is safe to write to a terminal."""

import re

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def harmless(text: str) -> str:
    r"""Return the text without control and direction characters, which could steer a terminal.

    Args:
        text: any text, for example a file's name or a message.

    Returns:
        The text, each such character replaced by its picture (␀ …) or by the replacement character.

    Example:
        >>> harmless("a\x1bb")
        'a␛b'
    """
    return _UNSAFE.sub(lambda match: chr(0x2400 + ord(match[0])) if ord(match[0]) < 0x20 else "�", text)
