"""Source text and positions in it.

Everything that ivrlint says points at a place somebody wrote: a :class:`Span` of a :class:`Source`.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from io import StringIO
from itertools import accumulate
from typing import NamedTuple


@dataclass(frozen=True, eq=False)
class Source:
    """One input text.

    ``path`` is what is printed (as the user gave it, with forward slashes); ``text`` is the decoded
    content without a byte-order mark. Offsets count code points. Two sources are the same only if
    they are the same object.
    """

    path: str
    text: str = field(repr=False)

    @cached_property
    def _line_starts(self) -> list[int]:
        lines = StringIO(self.text, newline="")  # these ends of lines only, and each as it is written
        starts = [0, *accumulate(map(len, lines))]
        return starts if self.text[-1:] in ("", "\n", "\r") else starts[:-1]

    @property
    def line_count(self) -> int:
        """Number of lines; a final line end opens one more, empty line."""
        return len(self._line_starts)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of ``offset``, both counted from 1; the column counts code points."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The inverse of :meth:`position`."""
        return self._line_starts[line - 1] + column - 1

    def line(self, number: int) -> str:
        """Text of line ``number`` (from 1) without its line end."""
        start = self._line_starts[number - 1]
        end = self._line_starts[number] if number < self.line_count else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def span(self, start: int, end: int) -> Span:
        """The span from ``start`` up to, not including, ``end``, cut to the text."""
        start = min(max(start, 0), len(self.text))
        return Span(self, start, min(max(end, start), len(self.text)))


class Span(NamedTuple):
    """A stretch of one source: offsets ``start`` (included) to ``end`` (excluded)."""

    source: Source
    start: int
    end: int

    @property
    def path(self) -> str:
        """The file, as it is printed."""
        return self.source.path

    @property
    def line(self) -> int:
        """First line, from 1."""
        return self.source.position(self.start)[0]

    @property
    def column(self) -> int:
        """First column, from 1, in code points."""
        return self.source.position(self.start)[1]

    @property
    def end_line(self) -> int:
        """Line of the end."""
        return self.source.position(self.end)[0]

    @property
    def end_column(self) -> int:
        """Column just behind the last character."""
        return self.source.position(self.end)[1]

    @property
    def text(self) -> str:
        """The characters themselves."""
        return self.source.text[self.start : self.end]

    def __str__(self) -> str:
        line, column = self.source.position(self.start)
        return f"{self.path}:{line}:{column}"
