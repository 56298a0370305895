"""Colours can be told apart by everybody: contrasts as WCAG 2.2 defines and asks for them."""

from __future__ import annotations

import re

import pytest

from ivrlint.diagrams.picture import Look
from ivrlint.diagrams.theme import THEMES, Theme
from ivrlint.diagrams.writers import dot, mmd


def _luminance(colour: str) -> float:
    channels = [int(part, 16) / 255 for part in re.findall("[0-9a-f]{2}", colour)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_right() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_text_is_legible(theme: Theme) -> None:
    for look in Look:
        paint = theme.paints[look]
        assert _contrast(paint.ink, paint.fill) >= 4.5, look
    for ink in (theme.ink, theme.quiet, theme.flag):
        for behind in (theme.background, theme.box):
            assert _contrast(ink, behind) >= 4.5, ink


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_lines_are_seen(theme: Theme) -> None:
    for behind in (theme.background, theme.box):
        assert _contrast(theme.edge, behind) >= 3
        assert _contrast(theme.flag, behind) >= 3
        for look in Look:
            assert _contrast(theme.paints[look].border, behind) >= 3, look


def test_no_two_looks_have_the_same_shape() -> None:
    for shapes in (dot._SHAPES, mmd._SHAPES):
        assert set(shapes) == set(Look)
    shown = [tuple(sorted(shape.items())) for shape in dot._SHAPES.values()]
    assert len(set(shown)) == len(Look)
