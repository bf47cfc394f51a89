"""Title sentences: the people whom they name, and that nothing is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.facebook.people import owner_in_url, untag
from pipeline.sources.facebook.title_sentences import Target, parse_title, timeline_writer

ME = ("Lea Novak", "Lea")


@pytest.mark.parametrize(
    "title, expected",
    [
        ("Lea Novak commented on Ana Petrov's photo.", Target("comment", "Ana Petrov")),
        ("Lea Novak commented on Ana Petrov’s post.", Target("comment", "Ana Petrov")),
        ("Lea Novak commented on Fisherman's Friend's post.", Target("comment", "Fisherman's Friend")),
        ("Lea Novak commented on Jonas' video.", Target("comment", "Jonas")),
        ("Lea Novak commented on Ana Petrov and 2 others's post.", Target("comment", "Ana Petrov")),
        ("Lea Novak replied to Ana Petrov's comment in Hikers.", Target("reply", "Ana Petrov")),
        ("Lea Novak replied to Ana Petrov's comment on Bo Lind's post.", Target("reply", "Ana Petrov")),
        ("Lea Novak commented on Ana Petrov's GIF.", Target("comment", "Ana Petrov")),
        ("Lea Novak commented on Ana Petrov's profile picture.", Target("comment", "Ana Petrov")),
        ("Lea Novak commented on her own photo.", Target("comment", None, is_owners=True)),
        ("Lea Novak commented on a post.", Target("comment", None)),
        ("Lea Novak commented on a post by Ana Petrov.", Target("comment", "Ana Petrov")),
        ("Lea Novak likes Ana Petrov's reel.", Target("reaction", "Ana Petrov")),
        ("Lea Novak reacted to Ana Petrov's story.", Target("reaction", "Ana Petrov")),
        ("Lea Novak wrote on Ana Petrov's timeline.", Target("wall", "Ana Petrov")),
        ("Lea Novak shared a link to Ana Petrov's timeline.", Target("wall", "Ana Petrov")),
        ("Lea Novak shared Ana Petrov's post.", Target("share", "Ana Petrov")),
        ("Lea Novak shared a link.", Target("share", None)),
        ("Lea Novak was with Ana Petrov.", Target("with", "Ana Petrov")),
        ("Lea Novak hat Ana Petrovs Beitrag kommentiert.", Target("comment", "Ana Petrov")),
        ("Lea Novak hat Jonas’ Foto kommentiert.", Target("comment", "Jonas")),
        ("Lea Novak hat ihren eigenen Beitrag kommentiert.", Target("comment", None, is_owners=True)),
        ("Lea Novak gefällt das Foto von Ana Petrov.", Target("reaction", "Ana Petrov")),
        ("Lea Novak a commenté la publication d’Ana Petrov.", Target("comment", "Ana Petrov")),
        ("Lea Novak a réagi à la photo de Ana de la Cruz.", Target("reaction", "Ana de la Cruz")),
        ("Lea Novak comentó su propia foto.", Target("comment", None, is_owners=True)),
        ("A Lea Novak le gusta la foto de Ana Petrov.", Target("reaction", "Ana Petrov")),
        ("Lea Novak ha risposto al commento di Ana Petrov.", Target("reply", "Ana Petrov")),
        ("Lea Novak vindt de foto van Ana Petrov leuk.", Target("reaction", "Ana Petrov")),
        ("Lea Novak skomentowała post Any Petrov.", None),
        ("Somebody else commented on Ana Petrov's photo.", None),
        ("", None),
    ],
)
def test_parse_title(title: str, expected: Target | None) -> None:
    assert parse_title(title, ME) == expected


def test_a_known_group_is_cut_off_first() -> None:
    title = "Lea Novak commented on Ana Petrov's post in Dad's photo club's video."
    assert parse_title(title, ME, "Dad's photo club's video") == Target("comment", "Ana Petrov")


@given(st.text(max_size=300), st.text(max_size=40))
def test_any_title_is_read_or_left(title: str, group: str) -> None:
    for text in (title, f"Lea Novak {title}", f"Lea Novak commented on {title}'s post", f"A Lea Novak {title}."):
        found = parse_title(text, ME, group)
        assert found is None or found.name is None or found.name in text
    timeline_writer(title)
    owner_in_url(title)
    untag(title)


@given(st.from_regex(r"[A-Z][a-z]{1,9}( [A-Z][a-z]{1,9}){0,2}", fullmatch=True))
def test_plain_names_come_back(name: str) -> None:
    assert parse_title(f"Lea Novak commented on {name}'s photo.", ME) == Target("comment", name)


@pytest.mark.parametrize(
    "url, expected",
    [
        ("https://www.facebook.com/ana.p/posts/pfbid1", "ana.p"),
        ("https://www.facebook.com/100044/posts/5", "100044"),
        ("https://www.facebook.com/permalink.php?story_fbid=1&id=100044", "100044"),
        ("https://www.facebook.com/photo.php?fbid=2&set=a.1", ""),
        ("https://www.facebook.com/groups/1/posts/2", ""),
        ("https://elsewhere.example/ana.p/posts/1", ""),
        ("http://[broken", ""),
    ],
)
def test_owner_in_url(url: str, expected: str) -> None:
    assert owner_in_url(url) == expected


@pytest.mark.parametrize(
    "title, expected",
    [
        ("Ana Petrov wrote on your timeline.", "Ana Petrov"),
        ("Ana Petrov posted on Lea Novak's timeline.", "Ana Petrov"),
        ("Ana Petrov hat etwas in deiner Chronik gepostet.", "Ana Petrov"),
        ("Something else", None),
    ],
)
def test_timeline_writer(title: str, expected: str | None) -> None:
    assert timeline_writer(title) == expected
