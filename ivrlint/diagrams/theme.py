"""Colours. Kinds of steps differ in shape too, and what is flagged in thickness: colour alone tells nothing.

Fills are after Okabe and Ito, who chose them for colour-blind readers, and differ in lightness; text has a
contrast of at least 4.5 to what is behind it, lines one of at least 3 (WCAG 2.2, 1.4.3 and 1.4.11).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ivrlint.diagrams.picture import Look, Mark


class Paint(NamedTuple):
    """Colours of a node."""

    fill: str
    ink: str
    border: str


class Theme(NamedTuple):
    """Colours of a picture; ``quiet`` is for small print, ``flag`` for what a finding is about."""

    background: str
    ink: str
    quiet: str
    edge: str
    flag: str
    box: str
    paints: Mapping[Look, Paint]
    marks: Mapping[Mark, str]


def _paints(
    border: str, ink: str, fills: Mapping[Look, str], bold: Mapping[Look, Paint]
) -> Mapping[Look, Paint]:
    return {**{kind: Paint(fill, ink, border) for kind, fill in fills.items()}, **bold}


_INK, _LIGHT = "#1f2933", "#e8edf2"

THEMES: Mapping[str, Theme] = {
    "light": Theme(
        "#ffffff", _INK, "#4b5563", "#6b7280", "#b0101f", "#f7f8fa",
        _paints(_INK, _INK, {
            Look.ENTRY: "#ffffff",
            Look.SAY: "#f3f4f6",
            Look.MENU: "#bfe3f7",
            Look.ASK: "#d9f0e4",
            Look.CHECK: "#fdf3c4",
            Look.WORK: "#fdf9e6",
            Look.VOICEMAIL: "#f5d5e5",
            Look.CALLBACK: "#f5d5e5",
            Look.UNKNOWN: "#ffffff",
        }, {
            Look.HUMAN: Paint("#00694f", "#ffffff", _INK),
            Look.END: Paint("#4b5563", "#ffffff", _INK),
        }),
        {Mark.ADDED: "#1a7f37", Mark.REMOVED: "#b0101f", Mark.CHANGED: "#9a6700"},
    ),
    "dark": Theme(
        "#14181d", _LIGHT, "#aab4c0", "#8b97a5", "#ff8f80", "#1b2127",
        _paints("#9aa6b2", _LIGHT, {
            Look.ENTRY: "#14181d",
            Look.SAY: "#2a3038",
            Look.MENU: "#0b4a6b",
            Look.ASK: "#14503f",
            Look.CHECK: "#574a06",
            Look.WORK: "#2e2a14",
            Look.VOICEMAIL: "#5b2444",
            Look.CALLBACK: "#5b2444",
            Look.UNKNOWN: "#14181d",
        }, {
            Look.HUMAN: Paint("#5fd3ae", "#0b1512", "#ffffff"),
            Look.END: Paint("#aab4c0", "#14181d", "#ffffff"),
        }),
        {Mark.ADDED: "#5fd38d", Mark.REMOVED: "#ff8f80", Mark.CHANGED: "#e3b341"},
    ),
    "print": Theme(
        "#ffffff", "#000000", "#000000", "#4d4d4d", "#000000", "#ffffff",
        _paints("#000000", "#000000", dict.fromkeys(Look, "#ffffff"), {
            Look.END: Paint("#d9d9d9", "#000000", "#000000"),
        }),
        dict.fromkeys(Mark, "#000000"),
    ),
}  # fmt: skip
