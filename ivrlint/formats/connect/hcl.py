"""As much of Terraform's language (HCL) as flows are written in: attributes of blocks, and literal values.

A value that Terraform works out is kept as the text ``${...}`` that a template would have in its place.
Source: HashiCorp, "HCL Native Syntax Specification".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ivrlint.patience import go_on
from ivrlint.positions import Array, Document, Object, Range

DEEPEST = 200
"""Values inside one another; what is deeper is taken for worked out."""

# What is begun is never tried in another way (`*+`), and what is not closed goes to the end: else a text that
# means harm would be looked through again from each of its signs.
_QUOTED = r'"(?:[^"\\]|\\.)*+"'
_FILLED_IN = rf"[$%]\{{(?:[^{{}}\"]|{_QUOTED}|\{{[^{{}}]*\}})*+\}}"
_TOKEN = re.compile(
    rf"""(?P<blank>[ \t\r]+|\#[^\n]*|//[^\n]*|/\*.*?(?:\*/|\Z))
    |(?P<line>\n)
    |(?P<heredoc><<-?[ \t]*(?P<word>\w+)[ \t]*\r?\n(?P<body>.*?)(?:^[ \t]*(?P=word)[ \t]*\r?$|\Z))
    |(?P<text>"(?:[^"\\$%\n]|\\.|{_FILLED_IN}|[$%])*+")
    |(?P<number>-?\d++(?:\.\d++)?(?:[eE][+-]?\d++)?)
    |(?P<name>[A-Za-z_][\w-]*)
    |(?P<sign>=>|[=!<>]=|.)""",
    re.X | re.S | re.M,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))|([$%])\4(?=\{)")
_MEANT = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_OPENING, _CLOSING = frozenset("{[("), frozenset("}])")
_WORDS = {"true": True, "false": False, "null": None}


class Token(NamedTuple):
    """A word of HCL, from ``start`` to ``end``; ``range`` is that of a text without its quotes."""

    kind: str
    text: str
    start: int
    end: int
    range: Range


def tokens(text: str, start: int) -> Iterator[Token]:
    """The words of ``text`` from ``start`` on, without blanks and remarks."""
    for match in _TOKEN.finditer(text, start):
        go_on()
        kind = match.lastgroup or ""
        if kind == "blank":
            continue
        kind = "heredoc" if match["heredoc"] else kind
        inner = match.span("body") if kind == "heredoc" else match.span()
        inner = (inner[0] + 1, inner[1] - 1) if kind == "text" else inner
        yield Token(kind, match[0], match.start(), match.end(), inner)


def attributes(text: str, start: int) -> dict[str, list[Token]]:
    """What the attributes of the block whose body begins at ``start`` are set to; of blocks in it nothing."""
    found: dict[str, list[Token]] = {}
    given: list[Token] = []
    depth = 0
    for token in tokens(text, start):
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if depth < 0 or (token.kind == "line" and depth == 0):
            if len(given) > 2 and given[0].kind in ("name", "text") and given[1].text in "=:":
                found[given[0].text.strip('"')] = given[2:]
            given = []
        else:
            given.append(token)
        if depth < 0:
            break
    return found


def plain(token: Token) -> str:
    """What a text between quotes says."""
    return _ESCAPE.sub(_unescaped, token.text[1:-1])


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        return chr(int(code, 16)) if int(code, 16) < 0x110000 else match[0]
    return match[4] or _MEANT.get(match[3], match[3])


def value(document: Document, given: Sequence[Token]) -> Any:
    """What ``given`` says, as objects, arrays, texts, numbers..., with their places in ``document``."""
    return _Reader(document, given).value()[0]


class _Reader:
    def __init__(self, document: Document, given: Sequence[Token]) -> None:
        self._document = document
        end = given[-1].end if given else 0
        self._given = [*given, Token("end", "", end, end, (end, end))]
        self._at = 0
        self._depth = 0

    def value(self) -> tuple[Any, Range]:
        """The value that begins here, and its place."""
        self._skip_lines()
        first = self._given[self._at]
        if first.text in ("{", "[") and self._depth < DEEPEST and self._next(1).text != "for":
            self._depth += 1
            found = self._object() if first.text == "{" else self._array()
            self._depth -= 1
            return found, found.range
        end = self._end()
        if end == self._at + 1 and first.kind in _LITERAL:
            self._at = end
            return _LITERAL[first.kind](first), first.range
        return self._worked_out(end)

    def _object(self) -> Object:
        node = Object.begin(self._document, self._given[self._at].start)
        self._at += 1
        while not self._closed():
            key = self._given[self._at]
            while not self._closed() and self._given[self._at].text not in ("=", ":"):
                self._at += 1
            if self._closed():
                break
            self._pass()
            name = plain(key) if key.kind == "text" else key.text
            node[name], node.at[name] = self.value()
        node.range = (node.range[0], self._close())
        return node

    def _array(self) -> Array:
        node = Array.begin(self._document, self._given[self._at].start)
        start = node.range[0]
        self._at += 1
        while not self._closed():
            item, range_ = self.value()
            node.append(item)
            node.at.append(range_)
        node.range = (start, self._close())
        return node

    def _worked_out(self, end: int) -> tuple[str, Range]:
        range_ = self._given[self._at].start, self._given[max(end - 1, self._at)].end
        if end == self._at:  # nothing is written where a value belongs
            self._pass()
        self._at = max(end, self._at)
        return f"${{{self._document.text[slice(*range_)]}}}", range_

    def _end(self) -> int:
        """Behind the last word of the expression that begins here."""
        depth = 0
        for number in range(self._at, len(self._given)):
            token = self._given[number]
            if depth == 0 and (token.kind == "line" or token.text == "," or token.text in _CLOSING):
                return number
            depth += (token.text in _OPENING) - (token.text in _CLOSING)
        return len(self._given) - 1

    def _next(self, by: int) -> Token:
        later = [each for each in self._given[self._at + by : self._at + by + 9] if each.kind != "line"]
        return (later or self._given[-1:])[0]

    def _skip_lines(self) -> None:
        while self._given[self._at].kind == "line":
            self._at += 1

    def _closed(self) -> bool:
        """Is this the end of an object or array? What stands between its members is passed."""
        while self._given[self._at].kind == "line" or self._given[self._at].text == ",":
            self._at += 1
        return self._given[self._at].text in _CLOSING or self._given[self._at].kind == "end"

    def _close(self) -> int:
        end = self._given[self._at].end
        self._pass()
        return end

    def _pass(self) -> None:
        self._at = min(self._at + 1, len(self._given) - 1)


def _number(token: Token) -> float:
    return (
        int(token.text) if len(token.text) < 400 and token.text.lstrip("-").isdigit() else float(token.text)
    )


def _lines(token: Token) -> str:
    return token.text[token.range[0] - token.start : token.range[1] - token.start]


def _word(token: Token) -> Any:
    return _WORDS.get(token.text, f"${{{token.text}}}")


_LITERAL: dict[str, Callable[[Token], Any]] = {
    "text": plain,
    "number": _number,
    "heredoc": _lines,
    "name": _word,
}


def called(given: Sequence[Token], *functions: str) -> list[Token]:
    """The arguments of the first call of one of ``functions`` anywhere in ``given``; none without a call."""
    for number, token in enumerate(given[:-1]):
        if token.text in functions and given[number + 1].text == "(":
            return list(_until_closed(given[number + 2 :]))
    return []


def _until_closed(given: Sequence[Token]) -> Iterator[Token]:
    depth = 0
    for token in given:
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if depth < 0:
            return
        yield token


def names(settings: Mapping[str, list[Token]], key: str) -> str:
    """The text that attribute ``key`` is set to; "" where it is worked out."""
    given = settings.get(key, [])
    return plain(given[0]) if len(given) == 1 and given[0].kind == "text" else ""
