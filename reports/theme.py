"""Colours, shapes and dashes, once for the page and once for the charts.

Colours reach the charts as CSS variables, so one picture serves light, dark and paper. The three colours differ by more
than 30 units (CIE76) under each simulated colour blindness and contrast at least 4.5 to 1; still colour is never the
only cue: every series has its own shape and dash, and a direct label or legend.
"""

from typing import Final

FONT: Final = "DejaVu Sans, Verdana, Segoe UI, Helvetica, Arial, sans-serif"
LIGHT: Final = {
    "c1": "#0072b2", "c2": "#b35900", "c3": "#1b1f24", "c4": "#9aa3ad",
    "ink": "#1b1f24", "muted": "#555f6b", "line": "#dde1e6", "grid": "#e9ecf0", "paper": "#ffffff", "panel": "#f5f7f9",
    "link": "#005a8f", "warn": "#b35900",
}  # fmt: skip
DARK: Final = {
    "c1": "#56b4e9", "c2": "#f0a030", "c3": "#e8eaed", "c4": "#6d7783",
    "ink": "#e8eaed", "muted": "#a8b1bc", "line": "#333a43", "grid": "#272d35", "paper": "#14171b", "panel": "#1c2127",
    "link": "#7cc4f0", "warn": "#f0a030",
}  # fmt: skip

INITIATOR_COLOURS: Final = {"me": "var(--c1)", "them": "var(--c2)"}
INITIATOR_SHAPES: Final = {"me": "circle", "them": "square"}
TIER_COLOURS: Final = {"newbie": "var(--c1)", "peer": "var(--c2)", "guru": "var(--c3)", "unknown": "var(--c4)"}


def variables(colours: dict[str, str]) -> str:
    """Return the CSS declarations of one palette."""
    return "".join(f"--{name}:{value};" for name, value in colours.items())


def config() -> dict[str, object]:
    """Return the Vega-Lite `config` that every chart carries."""
    return {
        "background": None,
        "font": FONT,
        "padding": {"left": 8, "right": 12, "top": 6, "bottom": 6},
        "view": {"stroke": None},
        "axis": {
            "labelColor": "var(--ink)", "titleColor": "var(--muted)", "labelFontSize": 11, "titleFontSize": 11,
            "titleFontWeight": "normal", "gridColor": "var(--grid)", "domainColor": "var(--line)", "tickColor": "var(--line)",
            "labelLimit": 220, "titlePadding": 8,
        },
        "legend": {
            "labelColor": "var(--ink)", "titleColor": "var(--muted)", "labelFontSize": 11, "titleFontSize": 11, "orient": "top",
            "title": None, "symbolSize": 90, "labelLimit": 240, "offset": 6,
        },
        "text": {"color": "var(--ink)", "fontSize": 11},
        "title": {"color": "var(--ink)", "fontSize": 12, "anchor": "start", "fontWeight": "normal"},
    }  # fmt: skip
