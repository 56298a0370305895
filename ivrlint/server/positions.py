"""Our spans, in code points from 1, and the protocol's ranges, in units of the client from 0."""

from __future__ import annotations

from lsprotocol import types
from pygls import uris
from pygls.workspace import PositionCodec

from ivrlint.source import Source, Span


class Positions:
    """Converts by ``codec``, which knows what the client counts."""

    def __init__(self, codec: PositionCodec) -> None:
        self._units = codec.client_num_units

    def range(self, span: Span) -> types.Range:
        """Where ``span`` is."""
        return types.Range(self._position(span.source, span.start), self._position(span.source, span.end))

    def location(self, span: Span) -> types.Location:
        """Where ``span`` is, and in which file."""
        return types.Location(uri(span.path), self.range(span))

    def everything(self, source: Source) -> types.Range:
        """From the beginning of ``source`` to its end."""
        return self.range(source.span(0, len(source.text)))

    def offset(self, source: Source, position: types.Position) -> int:
        """The offset of ``position``; one behind the end of a line is that end."""
        number = min(position.line + 1, source.line_count)
        line = source.line(number)
        column = next(
            (index for index in range(len(line)) if self._units(line[:index]) >= position.character),
            len(line),
        )
        return source.offset(number, column + 1)

    def _position(self, source: Source, offset: int) -> types.Position:
        number, column = source.position(offset)
        return types.Position(number - 1, self._units(source.line(number)[: column - 1]))


def uri(path: str) -> str:
    """The URI of ``path``."""
    return uris.from_fs_path(path) or path
