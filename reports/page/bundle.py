"""The Vega bundle and the static pictures, both from vl-convert and without network."""

import json
import threading
from functools import cache, lru_cache

import vl_convert as vlc

from reports.model import Spec

VEGA_LITE = "6.4"


_LOCK = threading.Lock()


def bundle() -> str:
    """Return Vega, Vega-Lite and Vega-Embed as one script that defines `vegaEmbed` (about 0.9 MB); made once a process."""
    with _LOCK:  # a second caller waits for the first
        return _bundle()


@cache
def _bundle() -> str:
    inner: str = vlc.javascript_bundle(snippet="window.vegaEmbed = vegaEmbed;", vl_version=VEGA_LITE)
    return f"(()=>{{{inner}}})()"


def static_svg(spec: Spec) -> str:
    """Draw a specification; its CSS variables pass through, so the page's theme colours it.

    Equal specifications are drawn once a process: the shareable twin repeats charts of the report.
    """
    return _drawn(json.dumps(spec))


@lru_cache(maxsize=64)
def _drawn(spec: str) -> str:
    svg: str = vlc.vegalite_to_svg(spec, vl_version=VEGA_LITE)
    return svg
