"""Take the README's picture: the first screen of the demo's report, drawn by a headless browser (`make picture`)."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.reports.conftest import FLAGS

WIDTH, HEIGHT = 1280, 800


def take(report: Path, picture: Path) -> None:
    """Write the first screen of a report as a PNG.

    Args:
        report: `HOME/reports/index.html`.
        picture: the file to write.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto(report.resolve().as_uri())
        for key in ("reciprocation", "lag", "balance"):
            page.wait_for_selector(f"#chart-card-{key}[data-live]")
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]), Path(sys.argv[2]))
