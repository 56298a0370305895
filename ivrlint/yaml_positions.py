"""YAML read into the same objects with places as JSON (:mod:`ivrlint.positions`).

Scalars stay texts: nothing is turned into a boolean or a date. CloudFormation's short tags become what they
stand for: ``!Sub x`` is ``{"Fn::Sub": x}``. An alias is the very object that it names, so that aliases of
aliases cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from ivrlint.flow import Problem, ProblemKind
from ivrlint.json_parser import DEEPEST
from ivrlint.patience import go_on
from ivrlint.positions import Array, Document, Object, Range, embedded
from ivrlint.source import Source

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE_TAGS = frozenset({"!Ref", "!Condition"})
_PROPERTIES = re.compile(r"(?:[!&]\S*\s+)*")
_WORD = re.compile(r"[^\s'\"\\]+")


class _RefusedError(Exception):
    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message, self.offset = message, offset


def parse_yaml(source: Source) -> Document | Problem:
    """The first document of ``source``, or why it cannot be read."""
    document = Document(source, source.text)
    try:
        document.root = _Builder(document).first()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        offset = mark.index if mark else 0
        return _problem(document, f"this is not YAML: {error.problem or error.context}", offset)
    except yaml.YAMLError as error:
        return _problem(document, f"this is not YAML: {error}".splitlines()[0], 0)
    except _RefusedError as error:
        return _problem(document, error.message, error.offset)
    return document


def _problem(document: Document, message: str, offset: int) -> Problem:
    offset = min(offset, len(document.text))
    return Problem(ProblemKind.SYNTAX, message, document.span((offset, min(offset + 1, len(document.text)))))


class _Builder:
    """Builds values from parser events; nothing here depends on how deep a text claims to go."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._events: Iterator[Any] = yaml.parse(document.text, Loader=_LOADER)
        self._anchors: dict[str, tuple[Any, Range]] = {}
        self._depth = 0

    def first(self) -> Any:
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                return self._value(next(self._events))[0]
        return None

    def _value(self, event: Any) -> tuple[Any, Range]:
        range_ = (event.start_mark.index, event.end_mark.index)
        value: Any
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:
                raise _RefusedError(f"nothing is named &{event.anchor} here", range_[0])
            return self._anchors[event.anchor]
        if isinstance(event, yaml.ScalarEvent):
            value, range_ = self._scalar(event, range_)
        else:
            value = self._collection(event, range_)
        value = self._tagged(value, event.tag, range_)
        if event.anchor:
            self._anchors[event.anchor] = (value, range_)
        return value, range_

    def _scalar(self, event: Any, range_: Range) -> tuple[str, Range]:
        """A text and its place, without tag, anchor and quotes."""
        properties = _PROPERTIES.match(self._document.text, *range_)
        start = properties.end() if properties else range_[0]
        quotes = 1 if event.style in ("'", '"') else 0
        return event.value, (min(start + quotes, range_[1]), max(range_[1] - quotes, start))

    def _collection(self, event: Any, range_: Range) -> Object | Array:
        self._depth += 1
        if self._depth > DEEPEST:
            raise _RefusedError(f"values are nested more than {DEEPEST} deep", range_[0])
        value: Object | Array
        if isinstance(event, yaml.MappingStartEvent):
            value = self._mapping(range_[0])
        else:
            value = self._sequence(range_[0])
        self._depth -= 1
        return value

    def _mapping(self, start: int) -> Object:
        node = Object.begin(self._document, start)
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            go_on()
            key, _ = self._value(event)
            value, range_ = self._value(next(self._events))
            node[str(key)] = value
            node.at[str(key)] = range_
        return node

    def _sequence(self, start: int) -> Array:
        node = Array.begin(self._document, start)
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            go_on()
            value, range_ = self._value(event)
            node.append(value)
            node.at.append(range_)
        return node

    def _tagged(self, value: Any, tag: str | None, range_: Range) -> Any:
        if not tag or not tag.startswith("!") or tag == "!":
            return value
        node = Object.begin(self._document, range_[0])
        key = tag[1:] if tag in _WHOLE_TAGS else f"Fn::{tag[1:]}"
        node[key], node.at[key] = value, range_
        return node


def text_in(document: Document, range_: Range, text: str) -> Document:
    """JSON in the YAML scalar ``text`` at ``range_``: quoted, plain, or an indented block."""
    written = document.text
    if written[range_[0] - 1 : range_[0]] == '"' and "\n" not in written[range_[0] : range_[1]]:
        return embedded(document, range_, text, placeholders=True)
    anchors = [(0, range_[0])]
    here = range_[0]
    for word in _WORD.finditer(text):
        found = written.find(word[0], here, range_[1])
        if found >= 0:
            anchors.append((word.start(), found))
            here = found + len(word[0])
    return Document(document.source, text, anchors, placeholders=True)
