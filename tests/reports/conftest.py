"""A headless browser and a built report, made once."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from reports.build import write_reports
from tests.reports import invented

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip

CHOOSE = """box => {
  const button = document.getElementById('pick-' + box.closest('figure, .card').id);
  if (button) button.checked = true;
}"""
"""Choose the figure of a chart in its section's chooser."""


@dataclass
class Opened:
    """A page and all that it did."""

    page: Page
    requests: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def draw_all(self) -> None:
        """Bring every chart into view and wait until it is live."""
        for number in range(self.page.locator(".chart").count()):
            chart = self.page.locator(".chart").nth(number)
            chart.evaluate(CHOOSE)
            chart.scroll_into_view_if_needed()
            self.page.wait_for_function("box => box.dataset.live !== undefined", arg=chart.element_handle())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program, (
        "The report tests need Chromium: install it (Debian: apt-get install chromium), then run them again."
    )
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield started
        started.close()


class Opener:
    """Opens reports; closes them at the end of the test."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def __call__(
        self, path: Path, *, script: bool = True, width: int = 1185, scheme: str = "light", fragment: str = ""
    ) -> Opened:
        context = self._browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=script,
        )
        self._contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.on("console", lambda message: opened.console.append(message.text))
        opened.page.on("pageerror", lambda error: opened.console.append(str(error)))
        opened.page.on("dialog", lambda dialog: opened.dialogs.append(dialog.message))
        opened.page.goto(path.as_uri() + fragment)
        return opened

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture
def open_report(browser: Browser) -> Iterator[Opener]:
    opener = Opener(browser)
    yield opener
    opener.close()


@pytest.fixture(scope="session")
def wide(browser: Browser, report: Path) -> Iterator[Opened]:
    """The ordinary report on a wide screen, every chart live. Tests only look at it."""
    opener = Opener(browser)
    opened = opener(report / "index.html")
    opened.draw_all()
    yield opened
    opener.close()


@pytest.fixture(scope="session")
def narrow(browser: Browser, report: Path) -> Iterator[Opened]:
    """The same on a narrow screen."""
    opener = Opener(browser)
    opened = opener(report / "index.html", width=390)
    opened.draw_all()
    yield opened
    opener.close()


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an ordinary report."""
    return build(invented.Home(), tmp_path_factory.mktemp("report"))


def build(home: invented.Home, folder: Path) -> Path:
    connection = invented.home(home)
    write_reports(invented.reader(connection), folder, check_charts=True)
    connection.close()
    return folder


def tables(folder: Path) -> dict[str, pl.DataFrame]:
    """The report's CSVs, by name."""
    return {
        path.stem: pl.read_csv(path, infer_schema_length=None) for path in sorted((folder / "tables").glob("*.csv"))
    }
