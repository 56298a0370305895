"""JSON whose every value knows where it was written.

Objects and arrays are ordinary dicts and lists that can also tell the place of each of their values. JSON
inside a JSON string (or a YAML text) is parsed the same way: its places are those in the file around it.

:mod:`ivrlint.json_reader` reads it. Where an object begins and ends is always known; the places in it may be
found only when somebody asks for them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from json import JSONDecoder
from typing import Any, TypeAlias

from ivrlint.source import Source, Span

Range: TypeAlias = tuple[int, int]
Anchors: TypeAlias = Sequence[tuple[int, int]]
"""Offsets in a document's text and in the source's, in pairs; between two pairs both run evenly."""


class Document:
    """A text of JSON in ``source``: the whole of it, or a piece that ``anchors`` lead back to.

    ``placeholders`` tells that ``${...}`` may stand where a value does. ``repeated`` lists keys that an
    object has twice: (key, first place, second place); the last one counts.
    """

    def __init__(self, source: Source, text: str, anchors: Anchors = (), placeholders: bool = False) -> None:
        self.source = source
        self.text = text
        self.placeholders = placeholders
        self.root: Any = None
        self.repeated: list[tuple[str, Span, Span]] = []
        self._here = [here for here, _ in anchors]
        self._there = [there for _, there in anchors]

    @property
    def anchors(self) -> list[tuple[int, int]]:
        """How offsets in the text lead back to the source; none where they are the same."""
        return list(zip(self._here, self._there, strict=True))

    def place(self, offset: int) -> int:
        """The offset in the source of ``offset`` in the text."""
        if not self._here:
            return offset
        piece = max(bisect_right(self._here, offset) - 1, 0)
        return self._there[piece] + offset - self._here[piece]

    def span(self, range_: Range) -> Span:
        """Where the text from ``range_[0]`` to ``range_[1]`` was written."""
        if self._here:
            return self.source.span(self.place(range_[0]), self.place(range_[1]))
        return Span(self.source, *range_)


class Object(dict[str, Any]):
    """A JSON object; ``range`` is its place."""

    __slots__ = ("_at", "document", "range")
    document: Document
    range: Range
    _at: dict[str, Range] | None

    @classmethod
    def begin(cls, document: Document, start: int) -> Object:
        """An object without members, yet."""
        node = cls()
        node.document, node.range, node._at = document, (start, start), {}
        return node

    @property
    def at(self) -> dict[str, Range]:
        """The place of each value (of a string: without its quotes)."""
        if self._at is None:
            self._at = _members(self)
        return self._at

    def span(self, key: str | None = None) -> Span:
        """Where the value of ``key`` is; without that key (or with None), where the object begins."""
        found = None
        if key is not None and key in self:
            found = (_members(self, key) if self._at is None else self._at).get(key)
        return self.document.span(found or (self.range[0], self.range[0] + 1))


class Array(list[Any]):
    """A JSON array; ``range`` is its place."""

    __slots__ = ("_at", "_range", "document", "parent")
    document: Document
    parent: Object | Array | None  # asked where the array is, if that is not known yet
    _range: Range | None
    _at: list[Range] | None

    @classmethod
    def begin(cls, document: Document, start: int) -> Array:
        """An array without items, yet."""
        node = cls()
        node.document, node.parent, node._range, node._at = document, None, (start, start), []
        return node

    @property
    def range(self) -> Range:
        """Its place."""
        if self._range is None and self.parent is not None:
            _ = self.parent.at
        assert self._range is not None  # its parent has told it
        return self._range

    @range.setter
    def range(self, range_: Range) -> None:
        self._range = range_

    @property
    def at(self) -> list[Range]:
        """The place of each value."""
        if self._at is None:
            self._at = list(_items(self))
        return self._at

    def span(self, index: int) -> Span:
        """Where the value at ``index`` is."""
        return self.document.span(self.at[index])


def whole(source: Source, placeholders: bool = False) -> Document:
    """All of ``source``, not parsed yet."""
    return Document(source, source.text, placeholders=placeholders)


_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.S
)


def embedded(document: Document, range_: Range, text: str, placeholders: bool = False) -> Document:
    """The JSON in the string ``text`` that is written, with escapes, at ``range_`` of ``document``."""
    start, end = range_
    anchors = [(0, document.place(start))]
    decoded, written = 0, start
    for escape in _ESCAPE.finditer(document.text, start, end):
        decoded += escape.start() - written + 1
        written = escape.end()
        anchors.append((decoded, document.place(written)))
    return Document(document.source, text, anchors, placeholders)


_MEMBER = re.compile(r'[\s,]*"[^"\\]*(?:\\.[^"\\]*)*"\s*:\s*(?:"([^"\\]*)")?', re.S)
_BETWEEN = re.compile(r"[\s,]*")
_scan = JSONDecoder().scan_once  # type: ignore[attr-defined]


def _members(node: Object, until: str | None = None) -> dict[str, Range]:
    """Places in an object that the standard library has read; of those behind ``until``, none."""
    text, here = node.document.text, node.range[0] + 1
    places: dict[str, Range] = {}
    for key, value in node.items():
        found = _MEMBER.match(text, here)
        assert found is not None  # what has been read once is there
        here = found.end()
        range_ = found.span(1)
        if range_[0] >= 0:
            places[key] = range_
        else:
            places[key], here = _extent(text, value, here)
        if key == until:
            break
    return places


def _items(node: Array) -> Iterator[Range]:
    """Places in an array that the standard library has read."""
    text, here = node.document.text, node.range[0] + 1
    for value in node:
        found = _BETWEEN.match(text, here)
        assert found is not None
        range_, here = _extent(text, value, found.end())
        yield range_


def _extent(text: str, value: Any, start: int) -> tuple[Range, int]:
    """The place of ``value``, which begins at ``start`` (of a text: without quotes), and where it ends."""
    if isinstance(value, Object):
        return value.range, value.range[1]
    if isinstance(value, Array) and value and isinstance(value[-1], Object):
        end = text.index("]", value[-1].range[1]) + 1
    else:
        end = _scan(text, start)[1]
    if isinstance(value, Array):
        value.range = (start, end)
    return ((start + 1, end - 1) if isinstance(value, str) else (start, end)), end
