"""The steps of a text, as an outline."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from ivrlint.flow import StepKind
from ivrlint.server.navigation import is_ivr, names
from ivrlint.server.positions import Positions
from ivrlint.server.workspace import Checked

_KINDS = {
    StepKind.ENTRY: types.SymbolKind.Event,
    StepKind.MENU: types.SymbolKind.Enum,
    StepKind.ASK: types.SymbolKind.Field,
    StepKind.CHECK: types.SymbolKind.Boolean,
    StepKind.HUMAN: types.SymbolKind.Class,
    StepKind.END: types.SymbolKind.Null,
}
_IVR_KINDS = {
    "line": types.SymbolKind.Event,
    "menu": types.SymbolKind.Enum,
    "ask": types.SymbolKind.Field,
    "check": types.SymbolKind.Boolean,
    "queue": types.SymbolKind.Class,
    "person": types.SymbolKind.Class,
    "transfer": types.SymbolKind.Class,
    "end": types.SymbolKind.Null,
}


def symbols(checked: Checked, positions: Positions) -> list[types.DocumentSymbol]:
    """In the order of the text."""
    found = _of_ivr(checked, positions) if is_ivr(checked.source) else _of_steps(checked, positions)
    return sorted(found, key=lambda each: (each.range.start.line, each.range.start.character))


def _of_ivr(checked: Checked, positions: Positions) -> Iterator[types.DocumentSymbol]:
    """From the words, so that the outline stays while the text does not parse."""
    index = names(checked.source)
    ends = [*index.statements[1:], len(checked.source.text)]
    for start, end in zip(index.statements, ends, strict=False):
        for mention in index.mentions:
            if mention.keyword and start <= mention.span.start < end:
                whole = checked.source.span(start, start + len(checked.source.text[start:end].rstrip()))
                kind = _IVR_KINDS.get(mention.keyword, types.SymbolKind.Function)
                here = positions.range(mention.span)
                yield types.DocumentSymbol(
                    mention.name or mention.keyword, kind, positions.range(whole), here, mention.keyword
                )


def _of_steps(checked: Checked, positions: Positions) -> Iterator[types.DocumentSymbol]:
    for step in checked.steps():
        here = positions.range(step.span)
        kind = _KINDS.get(step.kind, types.SymbolKind.Function)
        yield types.DocumentSymbol(step.name or step.kind.value, kind, here, here, step.kind.value)
