"""Other people's words are hostile input: shown as text, never run, in every text field at once."""

import re
from itertools import cycle
from pathlib import Path

import pytest

from tests.reports import invented
from tests.reports.conftest import Opener, build

MARK = "PWNED"
HOSTILE = (
    "<script>document.title='PWNED'</script>", "</script><script>document.title='PWNED'</script>", "<!--<script>", "--><script>alert(1)</script>",
    "<img src=x onerror=\"document.title='PWNED'\">", "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>", '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)", '" onfocus="alert(1)" autofocus="', "<iframe src=javascript:alert(1)>", '<a href="javascript:alert(1)">x</a>',
    "javascript:alert(1)", "<body onload=alert(1)>", "<input autofocus onfocus=alert(1)>", "<details open ontoggle=alert(1)>", "<video><source onerror=alert(1)>",
    "<math><mtext></mtext><script>alert(1)</script></math>", "<style>@import 'http://evil.example/x.css'</style>", "</style><script>alert(1)</script>",
    "<link rel=stylesheet href=http://evil.example/x.css>", "<base href=http://evil.example/>", "<meta http-equiv=refresh content='0;url=http://evil.example/'>",
    "<form action=http://evil.example><button>x</button></form>", "<object data=http://evil.example/x>", "<embed src=http://evil.example/x>",
    "</title><script>alert(1)</script>", "</textarea><script>alert(1)</script>", "</noscript><script>alert(1)</script>", '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "]]><script>alert(1)</script>", "<![CDATA[<script>alert(1)</script>]]>", "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e", "\\x3cscript\\x3e", "{{constructor.constructor('alert(1)')()}}", "${alert(1)}", "#{alert(1)}", "<%= alert(1) %>",
    "datum.constructor.constructor('alert(1)')()", "'+alert(1)+'", "\\';alert(1);//", "`;alert(1);`", "*/alert(1)/*", "\u2028alert(1)\u2029",
    '=HYPERLINK("http://evil.example")', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1+1)", "\t=1+1", "\r\n=1+1", 'a,b"c\nd', "url(#clip0)", '" id="clip0',
    "\u202egnp.exe\u202c", "\u2066\u2067mixed\u2069", "שלום עולם", "مرحبا بالعالم", "😀👩‍👩‍👧‍👦🏳️‍🌈", "a\u0300\u0301\u0302\u0303" * 12, "A" * 400, "𝕬" * 200, " " * 20, "\u200b\ufeff", "\x01\x02\x1b[31mred",
    "null", "undefined", "NaN", "__proto__", "constructor", "toString", "hasOwnProperty", "../../etc/passwd", "%3Cscript%3E", "C:\\new\\table",
)  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    assert len(HOSTILE) >= 60
    turn = cycle(HOSTILE)

    def replaced(_: str) -> str:
        return next(turn)

    platforms = ("x", "linkedin", "<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>", "\u202eevil")
    return build(
        invented.Home(contacts=170, gestures=900, text=replaced, platforms=platforms),
        tmp_path_factory.mktemp("hostile"),
    )


@pytest.mark.parametrize("width", [1185, 390])
def test_nothing_runs(hostile: Path, open_report: Opener, width: int) -> None:
    opened = open_report(hostile / "index.html", width=width)
    opened.draw_all()
    opened.page.wait_for_selector("#people-controls:not([hidden])")
    opened.page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    opened.page.locator("#people").evaluate("box => { box.scrollTop = box.scrollHeight / 2; }")
    opened.page.wait_for_timeout(100)
    assert opened.page.title() == "Dancecard: the dance of give and take"
    assert opened.dialogs == []
    assert opened.console == []
    assert opened.requests == [(hostile / "index.html").as_uri()]
    with_handlers = (
        "[...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).length"
    )
    assert opened.page.evaluate(with_handlers) == 0
    assert opened.page.locator("img, iframe, object, embed, base, form, video, link[rel=stylesheet]").count() == 0
    assert opened.page.locator("script:not([type])").count() == 2, (
        "the page's own script and the bundle that it inflated"
    )
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


def test_hostile_names_are_shown_as_they_are(hostile: Path, open_report: Opener) -> None:
    page = open_report(hostile / "index.html").page
    page.wait_for_selector("#people-controls:not([hidden])")
    page.fill("#people-search", '<img src=x onerror="document.title')
    assert (
        page.locator("#people tbody tr:not(.spacer) td:first-child bdi")
        .first.inner_text()
        .startswith("<img src=x onerror=")
    )


def test_the_file_holds_no_live_markup_of_others(hostile: Path) -> None:
    text = (hostile / "index.html").read_text(encoding="utf-8")
    assert text.count("<script") == text.count("</script>") == 4
    assert "evil.example/x.css>" not in text
    assert not re.search(
        r"https?://(?!www\.w3\.org)[^\s\"'<&]*",
        re.sub(r"<script type=.*?</script>", "", text, flags=re.DOTALL)
        .replace("http://evil.example", "")
        .replace("https://example.org", ""),
    )


def test_csv_cells_cannot_be_formulas(hostile: Path) -> None:
    for path in sorted((hostile / "tables").glob("*.csv")):
        text = path.read_text(encoding="utf-8")
        cells = re.findall(r'(?:^|,|\n)("(?:[^"]|"")*"|[^,\n]*)', text)
        for cell in cells:
            content = cell.strip('"')
            assert not content.startswith(("=", "@", "\t", "\r")), f"{path.name}: {content[:30]}"
            assert not re.match(r"[+-](?!\d+(\.\d+)?(e-?\d+)?$)", content), f"{path.name}: {content[:30]}"
