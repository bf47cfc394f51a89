"""The one Vega bundle and the static pictures, both from vl-convert, both without network."""

import threading
from functools import cache
from typing import Any

import vl_convert as vlc

VEGA_LITE = "6.4"


_MAKING = threading.Lock()


def bundle() -> str:
    """Return Vega, Vega-Lite and Vega-Embed as one script that defines `vegaEmbed` (about 0.9 MB); made once a process."""
    with _MAKING:  # whoever comes second waits for the first
        return _bundle()


@cache
def _bundle() -> str:
    inner: str = vlc.javascript_bundle(snippet="window.vegaEmbed = vegaEmbed;", vl_version=VEGA_LITE)
    return f"(()=>{{{inner}}})()"


def static_svg(spec: dict[str, Any]) -> str:
    """Draw a specification; its CSS variables pass through, so the page's theme colours it."""
    svg: str = vlc.vegalite_to_svg(spec, vl_version=VEGA_LITE)
    return svg
