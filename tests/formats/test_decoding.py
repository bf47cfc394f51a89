import pytest

from pipeline.formats.decoding import BadJson, clean, cut_text, decode, loads


@pytest.mark.parametrize(
    "data, text, encoding",
    [
        ("é".encode(), "é", "utf-8"),
        (b"\xef\xbb\xbfa", "a", "utf-8"),
        ("é".encode("utf-16"), "é", "utf-16-le"),
        (b"caf\xe9 \x80", "café €", "cp1252"),
        (b"\x81", "\ufffd", "cp1252"),
        (b"Zo\xc3\xab: \xc3\xa7a va \xf0\x9f\x98", "Zoë: ça va \ufffd", "utf-8"),
        (b"Zo\xc3\xab \xff Zo\xc3\xab", "Zoë \ufffd Zoë", "utf-8"),
        (b"Zo\xeb: \xe7a va \xc3\xa9", "Zoë: ça va Ã©", "cp1252"),
        (b"caf\xe9", "café", "cp1252"),
    ],
)
def test_order_of_decoding(data: bytes, text: str, encoding: str) -> None:
    assert decode(data) == (text, encoding)


def test_a_declared_encoding_is_tried_before_cp1252() -> None:
    assert decode(b"\xc1", "koi8-r") == ("\u0430", "koi8-r")
    assert decode(b"\xc1", "no such thing") == ("Á", "cp1252")


@pytest.mark.parametrize("raw", [b"NaN", b"[NaN]", b"1e999", b"9" * 5000, b"", b"{", b'{"a" 1}', b"tru", b"[1,]"])
def test_invalid_json_raises(raw: bytes) -> None:
    with pytest.raises(BadJson) as error:
        loads(raw)
    assert error.value.code == "not_json"


def test_depth_is_bounded() -> None:
    assert loads(b"[" * 64 + b"]" * 64)
    with pytest.raises(BadJson) as error:
        loads(b"[" * 65 + b"]" * 65)
    assert error.value.code == "too_deep"


def test_lone_surrogates_become_the_replacement_character() -> None:
    assert loads(b'{"a": "x\\ud800y", "b": "\\ud83d\\ude00"}') == {"a": "x\ufffdy", "b": "😀"}
    assert clean("a\udc00") == "a\ufffd"


def test_the_last_value_of_a_repeated_key_counts_and_nul_is_kept() -> None:
    assert loads(b'{"a": 1, "a": "\\u0000"}') == {"a": "\0"}


def test_a_long_text_is_cut_with_length_and_hash() -> None:
    cut = cut_text("ab" * 10, 4)
    assert cut.startswith("abab… [cut: 20 characters, sha256 ")
    assert cut_text("abc", 3) == "abc"
