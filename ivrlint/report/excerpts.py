"""Lines of the source around what a step or a finding points at."""

from __future__ import annotations

from typing import Any

from ivrlint.source import Span
from ivrlint.words import printable

AROUND = 2
"""Lines before and behind."""

MOST_LINES = 9
WIDEST = 160
"""Characters of a line that are shown; of a longer one those around what is pointed at."""


class Excerpts:
    """A table of excerpts, each once: the first line's number, the lines, which of them are meant."""

    def __init__(self) -> None:
        self.table: list[dict[str, Any]] = []
        self._numbers: dict[Span, int] = {}

    def number(self, span: Span) -> int:
        """The number of the excerpt around ``span`` in the table."""
        if span not in self._numbers:
            self._numbers[span] = len(self.table)
            self.table.append(_excerpt(span))
        return self._numbers[span]


def _excerpt(span: Span) -> dict[str, Any]:
    source = span.source
    first, column = source.position(span.start)
    last = max(first, source.position(max(span.end - 1, span.start))[0])
    start = max(1, first - AROUND)
    end = min(source.line_count, last + AROUND, start + MOST_LINES - 1)
    lines = [_cut(source.line(number), column if number == first else 1) for number in range(start, end + 1)]
    return {"start": start, "lines": lines, "from": first, "to": min(last, end)}


def _cut(line: str, column: int) -> str:
    line = line.rstrip()
    if len(line) > WIDEST:
        begin = max(0, min(column - 1 - 40, len(line) - WIDEST))
        left, right = "…" if begin else "", "…" if begin + WIDEST < len(line) else ""
        line = left + line[begin : begin + WIDEST] + right
    return printable(line.replace("\t", "    "))
