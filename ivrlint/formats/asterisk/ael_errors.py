"""Syntax errors of AEL in plain words: what was expected, and the likely fix."""

from __future__ import annotations

import re

from ivrlint.grammar import Dialect, Unexpected
from ivrlint.source import Span

STATEMENTS = frozenset(("context", "abstract", "extend", "macro", "globals"))
"""Words that begin what stands at the top of a file."""

_KEYWORDS = STATEMENTS | {
    *("local", "ignorepat", "switch", "if", "ifTime", "random", "regexten", "hint", "else", "goto", "jump"),
    *("return", "break", "continue", "for", "while", "case", "default", "pattern", "catch", "switches"),
    *("eswitches", "includes"),
}
_TEXTS = frozenset(("RAW", "TEXT"))
_KINDS = {"NAME": "a name", "RAW": "a text", "TEXT": "a text", "INCLUDE": '`#include "..."`'}
_CLOSERS = {"(": ")", "[": "]", "{": "}"}
_MOST_SAID = 6
_FARTHEST = 5000
_WORD = re.compile(r"[\w$./'\"-]+|=>|.", re.DOTALL)


def dialect() -> Dialect:
    """What the error finder needs for one file of AEL."""
    return Dialect(STATEMENTS, "//", _Explainer().explain)


def word(span: Span) -> Span:
    """The first word or sign of what the parser met."""
    match = _WORD.match(span.source.text, span.start, span.end)
    return span.source.span(span.start, match.end() if match else span.end)


class _Explainer:
    """Words one file's errors. Behind one that has swallowed a ``{`` the braces of a context do not tell."""

    def __init__(self) -> None:
        self._lost: set[int] = set()

    def explain(self, error: Unexpected) -> tuple[str, str] | None:
        """Message and hint, or None where an earlier message already says it."""
        around = error.statement.start if error.statement else -1
        told = _unclosed(error)
        follows = around in self._lost or (not error.in_block and error.span.text == "}")
        if told is None and self._lost and follows:
            return None
        rest = error.span.source.line(error.span.line)[error.span.column - 1 :]
        if rest.count("{") != rest.count("}") or (told and "{" in rest):
            self._lost.add(around)
        return told or _told(error)


def _told(error: Unexpected) -> tuple[str, str]:
    if error.found == "$END":
        return _ends_early(error)
    for case in (_nested, _stray, _semicolon, _keyword):
        told = case(error)
        if told:
            return told
    return f"expected {_expected(error)}, found {_found(error)}", ""


def _ends_early(error: Unexpected) -> tuple[str, str]:
    if error.in_block and error.statement and "}" in error.expected:
        opening = error.statement
        message = f"the file ends before `{opening.text}` of line {opening.line} is closed"
        return message, "add the `}` that is missing"
    return f"the file ends where {_expected(error)} is expected", ""


def _unclosed(error: Unexpected) -> tuple[str, str] | None:
    """A bracket inside arguments or a value that does not fit the one that is open."""
    if not error.expected & _TEXTS or error.found == "$END":
        return None
    text = error.span.source.text
    opening = _open_bracket(text, error.span.start)
    if ";" in error.expected:
        return f"a `;` is missing before {_found(error)}", "a value ends with `;`"
    if opening is None:
        return f"{_found(error)} closes nothing", "delete it, or put `\\` before it if it is meant as text"
    bracket, line = text[opening], error.span.source.position(opening)[0]
    message = f"{_found(error)} comes before the `{bracket}` of line {line} is closed"
    return message, f"add the missing `{_CLOSERS[bracket]}`"


def _open_bracket(text: str, end: int) -> int | None:
    """The innermost bracket open at ``end``."""
    closed = 0
    for position in range(end - 1, max(end - _FARTHEST, -1), -1):
        if text[position] in ")]}":
            closed += 1
        elif text[position] in "([{":
            if not closed:
                return position
            closed -= 1
    return None


def _nested(error: Unexpected) -> tuple[str, str] | None:
    text = word(error.span).text
    if error.in_block and error.statement and text in STATEMENTS:
        opening = error.statement
        message = f"`{text}` cannot stand inside `{opening.text}` of line {opening.line}"
        return message, f"close `{opening.text}` with `}}` first"
    return None


def _semicolon(error: Unexpected) -> tuple[str, str] | None:
    """At the beginning of a line, or where nothing but the end of the statement fits."""
    before = error.span.source.line(error.span.line)[: error.span.column - 1]
    here = ";" in error.expected and not error.expected & {"}", "context"}
    if here and (not before.strip() or "(" not in error.expected):
        return f"a `;` is missing before {_found(error)}", "every statement ends with `;`"
    return None


def _stray(error: Unexpected) -> tuple[str, str] | None:
    text = error.span.text
    if text == "}" and not error.in_block:
        return "this `}` closes nothing", "delete it, or look for the `{` that is missing above"
    if text[:1] and text[0] in "%?^`~":
        return f"`{text[0]}` means nothing here", "Asterisk logs an error and leaves it out"
    if error.span.source.text.startswith("/*", error.span.start):
        return "this comment does not end", "add `*/`"
    return None


def _keyword(error: Unexpected) -> tuple[str, str] | None:
    text = word(error.span).text
    if "NAME" in error.expected and text in _KEYWORDS and "}" not in error.expected:
        return f"`{text}` is a word of the language and cannot be a name", ""
    return None


def _found(error: Unexpected) -> str:
    text = word(error.span).text
    return f"`{text if len(text) <= 30 else text[:29] + '…'}`"


def _expected(error: Unexpected) -> str:
    """Names and texts first, then signs, then words of the language."""
    said = dict.fromkeys(words for kind, words in _KINDS.items() if kind in error.expected)
    signs = error.expected - _KINDS.keys() - {"$END", "OPEN", "CLOSE"}
    said |= dict.fromkeys(f"`{sign}`" for sign in sorted(signs, key=lambda sign: (sign[0].isalpha(), sign)))
    words = list(said) or ["nothing more"]
    if len(words) > _MOST_SAID:
        return ", ".join(words[:_MOST_SAID]) + ", ..."
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]
