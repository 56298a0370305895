"""The canonical form of a ``.ivr`` text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from ivrlint.flow import Problem
from ivrlint.formatting.lines import WIDTH, arrow_column, columns, comments, has_arrow, joined, lines
from ivrlint.formatting.statements import Row, Statement, Text, read
from ivrlint.source import Source

T = TypeVar("T")

_INDENT = "  "
_LISTS = ("menu", "ask", "check", "everywhere")
"""Statements whose blocks always stand on several lines."""


def canonical(source: Source) -> str | list[Problem]:
    """``source`` in canonical form, or its syntax errors. Line ends are kept as the first one is.

    Raises:
        RuntimeError: if the result would not say the same; that is a fault of the formatter.
    """
    text = read(source)
    if isinstance(text, list):
        return text
    result = "\n".join(_text(text)).lstrip("\n") + "\n"
    if _said(read(Source(source.path, result))) != _said(text):
        raise RuntimeError(f"{source.path}: the formatted text would not say the same")
    return result.replace("\n", "\r\n") if _ends_in_crlf(source.text) else result


def _said(text: Text | list[Problem]) -> object:
    """What must not change: the words and the comments, in their order."""
    if isinstance(text, list):
        return text
    words = [word for statement in text.statements for word in statement.words]
    return [(word.text, word.behind, [each.text for each in word.above]) for word in (*words, text.end)]


def _ends_in_crlf(text: str) -> bool:
    return text.find("\n") > 0 and text[text.find("\n") - 1] == "\r"


def _text(text: Text) -> Iterator[str]:
    for run in _runs(text.statements, lambda statement: statement.head, _is_line):
        heads = [statement.head for statement in run]
        column = arrow_column(heads, "") if _is_line(heads[0]) else 0
        for statement in run:
            yield from _above(statement.head, "")
            yield from _statement(statement, column)
    if text.end.above:
        yield from comments(text.end.above, "")


def _statement(statement: Statement, column: int) -> Iterator[str]:
    if not statement.end:
        yield from lines(statement.head, "", column)
    elif not statement.items and not statement.end[0].above:
        yield from lines([*statement.head, *statement.end], "")
    elif _on_one_line(statement):
        yield from lines(list(statement.words), "")
    else:
        yield from lines(statement.head, "")
        yield from _items(statement.items)
        yield from comments(statement.end[0].above, _INDENT, first=not statement.items)
        yield from lines(statement.end, "")


def _on_one_line(statement: Statement) -> bool:
    """A block of one short item; but where a comment silences a rule for a line, that line stays as it is."""
    words = list(statement.words)
    first, last = words[0], words[-1]
    if first.silences or last.silences:
        return first.line == last.line
    inside = any(word.above for word in words[1:]) or any(word.behind for word in words[:-1])
    short = columns(joined(words)) <= WIDTH
    return len(statement.items) == 1 and first.text not in _LISTS and short and not inside


def _items(items: Sequence[Row]) -> Iterator[str]:
    for run in _runs(items, lambda row: row, has_arrow):
        column = arrow_column(run, _INDENT) if has_arrow(run[0]) else 0
        for row in run:
            yield from _above(row, _INDENT, first=row is items[0])
            yield from lines(row, _INDENT, column)


def _above(row: Row, indent: str, first: bool = False) -> Iterator[str]:
    """The comments above ``row`` and at most one blank line."""
    yield from comments(row[0].above, indent, first)
    if row[0].apart and (row[0].above or not first):
        yield ""


def _runs(
    parts: Sequence[T], row_of: Callable[[T], Row], aligned: Callable[[Row], bool]
) -> Iterator[list[T]]:
    """Parts that follow one another without a blank line, and are all ``aligned`` or all not."""
    run: list[T] = []
    for part in parts:
        row = row_of(part)
        apart = row[0].apart or any(comment.apart for comment in row[0].above)
        if run and (apart or aligned(row) is not aligned(row_of(run[0]))):
            yield run
            run = []
        run.append(part)
    if run:
        yield run


def _is_line(row: Row) -> bool:
    return row[0].kind == "LINE"
