"""Reads JSON sign by sign: what is wrong with it and where, and what the standard library lets pass."""

from __future__ import annotations

import re
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]
from typing import Any

from ivrlint.flow import Problem, ProblemKind
from ivrlint.positions import Array, Document, Object, Range
from ivrlint.source import Span

DEEPEST = 100
"""Objects and arrays inside one another; a phone menu has less than twenty."""


class JsonError(Exception):
    """Text that is not JSON: what is wrong at ``offset``, and where what it stands in was opened."""

    def __init__(self, message: str, offset: int, hint: str = "", opened: int | None = None) -> None:
        super().__init__(message)
        self.message, self.offset, self.hint, self.opened = message, offset, hint, opened


def parse_carefully(document: Document) -> Problem | None:
    """Fill ``document.root`` and ``document.repeated``; the problem that keeps the text from being read."""
    try:
        document.root = _Parser(document).all()
    except JsonError as error:
        related: tuple[tuple[str, Span], ...] = ()
        if error.opened is not None:
            related = (("opened here", document.span((error.opened, error.opened + 1))),)
        span = document.span((error.offset, min(error.offset + 1, len(document.text))))
        return Problem(ProblemKind.SYNTAX, error.message, span, error.hint, related)
    return None


_SPACE = r"[ \t\r\n]*"
_TEXT = r'"([^"\\\x00-\x1f]*)"'
_MEMBER = re.compile(rf"{_SPACE}{_TEXT}{_SPACE}:{_SPACE}(?:{_TEXT}{_SPACE}([,}}]))?")
_SIMPLE_TEXT = re.compile(_TEXT)
_IN_OBJECT = re.compile(rf"{_SPACE}([,}}])")
_IN_ARRAY = re.compile(rf"{_SPACE}([,\]]){_SPACE}")
_NO_SPACE = re.compile(_SPACE)
_SCALAR = re.compile(r"(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null)(?![\w.])")
_WORD = re.compile(r"[^\s,:{}\[\]\"]+")
_PLACEHOLDER = re.compile(r"\$\{[^{}\r\n]*\}")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONSTANTS = {"true": True, "false": False, "null": None}


class _Parser:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._text = document.text
        self._opened: list[int] = []

    def all(self) -> Any:
        """The value that the whole text is."""
        value, end = self._value(self._skip(0))
        end = self._skip(end)
        if end < len(self._text):
            raise JsonError("something follows after the end of the JSON", end)
        return value

    def _skip(self, offset: int) -> int:
        found = _NO_SPACE.match(self._text, offset)
        return found.end() if found else offset

    def _value(self, start: int) -> tuple[Any, int]:
        first = self._text[start : start + 1]
        if first == '"':
            return self._string(start)
        if first in ("{", "["):
            if len(self._opened) >= DEEPEST:
                raise JsonError(f"values are nested more than {DEEPEST} deep", start)
            self._opened.append(start)
            value = self._object(start) if first == "{" else self._array(start)
            self._opened.pop()
            return value, value.range[1]
        found = _SCALAR.match(self._text, start)
        if found:
            return _scalar(found[1]), found.end()
        placeholder = _PLACEHOLDER.match(self._text, start) if self._document.placeholders else None
        if placeholder:
            return placeholder[0], placeholder.end()
        raise self._wrong(start, "a value")

    def _object(self, start: int) -> Object:
        node = Object.begin(self._document, start)
        at = node.at
        text, member, here = self._text, _MEMBER.match, start + 1
        mark: str | None = ""
        while mark != "}":
            found = member(text, here)
            if found:
                key, value, mark = found.groups()
                here = found.end()
                range_ = found.span(2)
            else:
                key, here = self._key(node, here)
                if key is None:
                    break
                mark = None
            if mark is None:
                value, range_, here = self._placed(here)
                closing = _IN_OBJECT.match(text, here)
                if closing is None:
                    raise self._wrong(self._skip(here), "`,` or `}`")
                mark, here = closing[1], closing.end()
            if key in at:
                self._repeat(node, key, range_)
            node[key] = value
            at[key] = range_
        node.range = (start, here)
        return node

    def _key(self, node: Object, here: int) -> tuple[str | None, int]:
        """A key that has escapes or is missing; None at the end of an object without members."""
        here = self._skip(here)
        if self._text[here : here + 1] == "}" and not node:
            return None, here + 1
        if self._text[here : here + 1] != '"':
            raise self._wrong(here, 'a key in "quotes"')
        key, end = self._string(here)
        end = self._skip(end)
        if self._text[end : end + 1] != ":":
            raise self._wrong(end, "`:`")
        return key, self._skip(end + 1)

    def _placed(self, start: int) -> tuple[Any, Range, int]:
        """The value at ``start``, its place (of a text: without the quotes) and where it ends."""
        first = self._text[start : start + 1]
        if first == "{" or first == "[":
            value, end = self._value(start)
            return value, value.range, end
        simple = _SIMPLE_TEXT.match(self._text, start)
        if simple:
            return simple[1], simple.span(1), simple.end()
        value, end = self._value(start)
        return value, (start + 1, end - 1) if first == '"' else (start, end), end

    def _array(self, start: int) -> Array:
        node = Array.begin(self._document, start)
        here = self._skip(start + 1)
        mark = self._text[here : here + 1]
        if mark == "]":
            here += 1
        while mark != "]":
            value, range_, here = self._placed(here)
            node.append(value)
            node.at.append(range_)
            closing = _IN_ARRAY.match(self._text, here)
            if closing is None:
                raise self._wrong(self._skip(here), "`,` or `]`")
            mark = closing[1]
            here = closing.end(1) if mark == "]" else closing.end()
        node.range = (start, here)
        return node

    def _string(self, start: int) -> tuple[str, int]:
        try:
            value, end = scanstring(self._text, start + 1, True)
        except JSONDecodeError as error:
            raise self._bad_string(start, error) from None
        return _SURROGATE.sub("\ufffd", value), end

    def _bad_string(self, start: int, error: JSONDecodeError) -> JsonError:
        if error.msg.startswith("Unterminated"):
            return JsonError("this text is not closed", start, 'add `"` at its end')
        if error.msg.startswith("Invalid control"):
            return JsonError(
                "a line end or control character stands in a text", error.pos, "write it as `\\n`"
            )
        return JsonError(
            "a backslash begins no escape that JSON knows", error.pos, "write `\\\\` for a backslash"
        )

    def _repeat(self, node: Object, key: str, range_: Range) -> None:
        spans = self._document.span(node.at[key]), self._document.span(range_)
        self._document.repeated.append((key, *spans))

    def _wrong(self, offset: int, expected: str) -> JsonError:
        opened = self._opened[-1] if self._opened else None
        if offset >= len(self._text):
            return JsonError(f"the text ends where {expected} is expected", offset, _CUT_OFF, opened)
        word = _WORD.match(self._text, offset)
        found = word[0][:30] if word else self._text[offset]
        return JsonError(f"expected {expected}, found `{found}`", offset, _hint(found, expected), opened)


_CUT_OFF = "the file may have been cut off: export it again"


def _hint(found: str, expected: str) -> str:
    if found in ("NaN", "Infinity", "-Infinity"):
        return "JSON has no such number; write null or a figure"
    if found in ("True", "False", "None"):
        return f"JSON writes it `{'null' if found == 'None' else found.lower()}`"
    if found in ("}", "]"):
        return "is there a comma too many before it?"
    return "is a comma missing before it?" if expected.startswith("`,`") else ""


def _scalar(text: str) -> Any:
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    return int(text) if len(text) < 400 and text.lstrip("-").isdigit() else float(text)
