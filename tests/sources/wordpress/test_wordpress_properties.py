"""Whatever stands in a comment's fields, it becomes rows, is skipped by a rule or set aside; strict and tolerant reading agree."""

from xml.sax.saxutils import escape

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.model.records import Interaction, SetAside, Skipped, Stored
from pipeline.model.survey import Context, Owner, ReadSettings, Survey
from pipeline.sources.wordpress.source import SOURCE
from tests.sources.harness import Outcome, TinyArchive, TinyMember, read

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
    "<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://hut.example</wp:base_blog_url>"
    "<wp:author><wp:author_id>1</wp:author_id><wp:author_login>ida</wp:author_login><wp:author_email>ida@hut.example</wp:author_email></wp:author>"
)
ITEM = (
    "<item><dc:creator>ida</dc:creator><wp:post_id>{id}</wp:post_id><wp:post_date_gmt>2024-01-01 00:00:00</wp:post_date_gmt>"
    "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>{comments}</item>\n"
)
FIELDS = (
    "id",
    "author",
    "author_email",
    "author_url",
    "date",
    "date_gmt",
    "content",
    "approved",
    "type",
    "parent",
    "user_id",
)

text = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=20)
value = st.one_of(
    text,
    st.sampled_from(
        [
            "",
            "0",
            "1",
            "2024-01-01 10:00:00",
            "0000-00-00 00:00:00",
            "bo@reed.example",
            "https://bo.example",
            "like",
            "pingback",
        ]
    ),
)
comment = st.dictionaries(st.sampled_from(FIELDS), value, max_size=len(FIELDS))


def as_text(field: str) -> str:
    return escape(field)


def as_cdata(field: str) -> str:
    return "<![CDATA[" + field.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def document(comments: list[dict[str, str]], write: object, tail: str = "</channel></rss>") -> bytes:
    body = "".join(
        "<wp:comment>"
        + "".join(f"<wp:comment_{name}>{write(said)}</wp:comment_{name}>" for name, said in fields.items())  # type: ignore[operator]  # one of the two above
        + "</wp:comment>"
        for fields in comments
    )
    return (HEAD + ITEM.format(id=7, comments=body) + ITEM.format(id=8, comments="") + tail).encode()


def outcome(data: bytes) -> Outcome:
    return read(SOURCE, TinyArchive("hut.xml", [TinyMember("hut.xml", data)]))


def rows(found: Outcome) -> list[object]:
    return [(type(item), item.rows if isinstance(item, Stored | Skipped) else item.code) for item in found.items["hut.xml"]
            if isinstance(item, Stored | SetAside | Skipped)]  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(comments=st.lists(comment, max_size=4))
def test_any_fields_are_accounted_for(comments: list[dict[str, str]]) -> None:
    found = outcome(document(comments, as_text))
    records = [item for item in found.items["hut.xml"] if isinstance(item, Stored | SetAside | Skipped)]
    assert len(records) == len(comments) + 2 == found.counted["hut.xml"]
    assert len({record.pointer for record in records}) == len(records)
    for row in (row for item in records if isinstance(item, Stored) for row in item.rows):
        assert not isinstance(row, Interaction) or row.person


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(comments=st.lists(comment, max_size=3))
def test_cdata_and_text_say_the_same(comments: list[dict[str, str]]) -> None:
    assert rows(outcome(document(comments, as_text))) == rows(outcome(document(comments, as_cdata)))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(comments=st.lists(comment, max_size=3))
def test_a_fault_behind_the_items_changes_none_of_them(comments: list[dict[str, str]]) -> None:
    sound = outcome(document(comments, as_cdata))
    cut_short = outcome(document(comments, as_cdata, tail=""))
    fault_before = outcome(b"\n \n" + document(comments, as_cdata))
    assert rows(sound) == rows(cut_short) == rows(fault_before)
    assert sound.counted == cut_short.counted == fault_before.counted


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(junk=st.binary(max_size=40), at=st.integers(min_value=0, max_value=2000))
def test_junk_anywhere_loses_no_record_silently(junk: bytes, at: int) -> None:
    sound = document(
        [{"id": "1", "author": "Bo", "author_email": "bo@reed.example", "date_gmt": "2024-01-01 10:00:00"}], as_cdata
    )
    at = min(at, len(sound))
    member = TinyMember("hut.xml", sound[:at] + junk + sound[at:])
    context = Context(ReadSettings(), Survey(), {"wordpress": Owner()})
    reader = SOURCE.readers["wxr"]
    assert reader.count is not None
    assert reader.parse is not None
    records = [item for item in reader.parse(member, context) if isinstance(item, Stored | SetAside | Skipped)]
    assert len(records) <= reader.count(member, context)
