"""One row of words as lines of text: spaces, long rows, comments, arrows under each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ivrlint.formatting.statements import Row
from ivrlint.formatting.tokens import Comment, Word

WIDTH = 110
"""Columns of a line; only a single long text may take more."""

_FARTHEST_ARROW = 60
"""Columns up to which the arrows of a block are brought under each other."""

_INDENT = "  "
_ARROW = "->"


def comments(above: Sequence[Comment], indent: str, first: bool = False) -> Iterator[str]:
    """Comments on lines of their own; ``first``: no blank line before the first of them."""
    for number, comment in enumerate(above):
        if comment.apart and (number or not first):
            yield ""
        yield indent + comment.text


def lines(row: Row, indent: str, column: int = 0) -> Iterator[str]:
    """``row`` without what stands above it; its arrow behind column ``column``.

    A row that is too long is broken before its further texts and its arrow, but not where a comment at it
    switches a rule off: the comment holds for one line.
    """
    broken = any(word.above for word in row[1:]) or any(word.behind for word in row[:-1])
    line = _aligned(row, indent, column)
    if columns(line) > WIDTH:
        line = indent + joined(row)
    if broken:
        yield from _at_comments(row, indent)
    elif columns(line) <= WIDTH or any(word.silences for word in row):
        yield line + _behind(row[-1])
    else:
        *filled, last = _filled(row, indent)
        yield from filled
        yield last + _behind(row[-1])


def arrow_column(rows: Sequence[Row], indent: str) -> int:
    """The rightmost column in which the arrows of ``rows`` can stand without making a line too long.

    Rows that are longer before their arrow stay as they are.
    """
    parts = [(columns(indent + joined(row[:arrow])), row[arrow:]) for row in rows if (arrow := _arrow(row))]
    sizes = [(head, columns(joined(tail)) + 1) for head, tail in parts]
    for column in sorted({head for head, _ in sizes if head <= _FARTHEST_ARROW}, reverse=True):
        if all(column + tail <= WIDTH for head, tail in sizes if head <= column and head + tail <= WIDTH):
            return column
    return 0


def columns(text: str) -> int:
    """Columns that ``text`` takes."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    return max(wcswidth(text), 0)


def joined(row: Sequence[Word]) -> str:
    """``row`` on one line."""
    text = ""
    for before, word in zip([None, *row], row, strict=False):
        text += f"{_space(before, word) if before else ''}{word.text}"
    return text


def _aligned(row: Row, indent: str, column: int) -> str:
    """``row`` on one line, its arrow behind column ``column`` where it does not come later anyway."""
    arrow = _arrow(row)
    head = indent + joined(row[:arrow])
    padding = " " * max(column - columns(head), 0)
    return head + padding + (" " + joined(row[arrow:]) if arrow else "")


def _space(before: Word, word: Word) -> str:
    tight = word.kind in ("COMMA", "MINUS", "PLUS") or before.kind == "MINUS"
    return "" if tight or (before.kind, word.kind) == ("LBRACE", "RBRACE") else " "


def has_arrow(row: Row) -> bool:
    """Does ``row`` lead somewhere?"""
    return _arrow(row) is not None


def _arrow(row: Sequence[Word]) -> int | None:
    return next((index for index, word in enumerate(row) if word.text == _ARROW), None)


def _behind(word: Word) -> str:
    return f"  {word.behind}" if word.behind else ""


def _filled(row: Row, indent: str) -> Iterator[str]:
    """As many pieces on each line as it takes."""
    line = ""
    for piece in _pieces(row):
        text = joined(piece)
        if not line:
            line = indent + text
        elif columns(line) + 1 + columns(text) <= WIDTH:
            line += " " + text
        else:
            yield line
            line = indent + _INDENT + text
    yield line


def _pieces(row: Row) -> Iterator[Row]:
    """``row`` cut where a line may end: before an arrow and before further texts."""
    piece: Row = []
    for word in row:
        if piece and _may_begin_a_line(piece, word):
            yield piece
            piece = []
        piece.append(word)
    yield piece


def _may_begin_a_line(piece: Row, word: Word) -> bool:
    before = piece[-1]
    match word.kind:
        case "STRING":
            return before.kind in ("STRING", "DURATION", "PLUS")
        case "AUDIO":
            return before.kind != "PROMPT"
        case "AFTER" | "FAULT" | "SPOKEN" | "TO":
            return before.kind != "FAULT"
    return word.text == _ARROW and piece[0].kind not in ("AFTER", "FAULT")


def _at_comments(row: Row, indent: str) -> Iterator[str]:
    """Broken where comments stand, and nowhere else."""
    margin = indent
    line: Row = []
    for word in row:
        if line and (word.above or line[-1].behind):
            yield margin + joined(line) + _behind(line[-1])
            line, margin = [], indent + _INDENT
            yield from comments(word.above, margin, first=True)
        line.append(word)
    yield margin + joined(line) + _behind(line[-1])
