"""Reads JSON into objects with places (:mod:`ivrlint.positions`).

Reading is strict (RFC 8259: no comments, no ``NaN``) and refuses nesting deeper than
:data:`~ivrlint.json_parser.DEEPEST`. Text without a fault is read by the standard library, which is quick but
tells no places: where each object begins and ends is told by its braces. What the library refuses, or takes
too lightly, is read by :mod:`ivrlint.json_parser`.
"""

from __future__ import annotations

import re
from json import JSONDecoder
from typing import Any, NoReturn

from ivrlint.flow import Problem, ProblemKind
from ivrlint.positions import Array, Document, Object

MOST_VALUES = 2_000_000
"""Values in a text, which take a hundred bytes and more each; a flow of 10,000 menus has half a million."""


def parse(document: Document) -> Problem | None:
    """Fill ``document.root``; the problem that keeps the text from being read, if there is one."""
    text = document.text
    if text.count("{") + text.count("[") + text.count(",") > MOST_VALUES:
        words = f"there are more than {MOST_VALUES:,} values in it"
        return Problem(ProblemKind.UNREADABLE, words, document.span((0, 0)), "divide it, and check the parts")
    try:
        document.root = _Reader(document).root()
    except (_CarefulError, ValueError, RecursionError):
        from ivrlint.json_parser import parse_carefully

        return parse_carefully(document)
    return None


class _CarefulError(Exception):
    """The text needs more care than the standard library takes."""


FLAT = 30
"""Objects inside one another in a text that the standard library may read."""

_OPENING, _CLOSING = re.compile("{"), re.compile("}")
_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.S)


class _Reader:
    """Reads a text by the standard library; raises where that would accept what is no JSON."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._objects: list[Object] = []  # in the order in which they end

    def root(self) -> Any:
        text = self._document.text
        if "\\u" in text and re.search(r"\\u[dD][89a-fA-F]", text):
            raise _CarefulError("a surrogate may stand alone")
        decoder = JSONDecoder(object_pairs_hook=self._object, parse_constant=_no_constant)
        root = decoder.decode(text)
        if type(root) is list:
            root = self._array(root, None)
            start = text.index("[")
            root.range = (start, text.rindex("]") + 1)
        self._set_ranges()
        return root

    def _object(self, pairs: list[tuple[str, Any]]) -> Object:
        node = Object(pairs)
        if len(node) != len(pairs):
            raise _CarefulError("a key is given twice")
        node.document, node._at = self._document, None
        self._objects.append(node)
        if list in map(type, node.values()):
            for key, value in pairs:
                if type(value) is list:
                    node[key] = self._array(value, node)
        return node

    def _array(self, items: list[Any], parent: Object | Array | None) -> Array:
        node = Array(items)
        node.document, node.parent, node._range, node._at = self._document, parent, None, None
        for index, item in enumerate(items) if list in map(type, items) else ():
            if type(item) is list:
                if type(parent) is Array:
                    raise _CarefulError("three arrays stand in one another")
                node[index] = self._array(item, node)
        return node

    def _set_ranges(self) -> None:
        """Objects end in the order in which they were read."""
        text = self._document.text
        if not text.count("{") == text.count("}") == len(self._objects):
            text = _STRING.sub(lambda string: " " * len(string[0]), text)
        begins = iter([brace.start() for brace in _OPENING.finditer(text)])
        ends = [brace.end() for brace in _CLOSING.finditer(text)]
        opened: list[int] = []
        begin = next(begins, len(text))
        for node, end in zip(self._objects, ends, strict=True):
            while begin < end:
                opened.append(begin)
                begin = next(begins, len(text))
            node.range = (opened.pop(), end)
            if len(opened) > FLAT:
                raise _CarefulError("it is nested deeply")


def _no_constant(_: str) -> NoReturn:
    raise _CarefulError("JSON has no such number")
