"""The canonical form of a text, as an editor takes it."""

from __future__ import annotations

from lsprotocol import types

from ivrlint.formats import ivr
from ivrlint.formatting.canonical import canonical
from ivrlint.server.positions import Positions
from ivrlint.source import Source


def formatted(source: Source, positions: Positions) -> list[types.TextEdit]:
    """What brings ``source`` into canonical form; nothing for a text with an error or of another language."""
    text = canonical(source) if ivr.detect(source) else source.text
    if not isinstance(text, str) or text == source.text:
        return []
    return [types.TextEdit(positions.everything(source), text)]
