"""The words of a ``.ivr`` text, each with the comments around it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from lark import Token

from ivrlint.formatting.names import needs_quotes
from ivrlint.source import Source

_COMMENT = re.compile(r"//[^\r\n]*")


class Comment(NamedTuple):
    """A comment on a line of its own; ``apart``: a blank line stands before it."""

    text: str
    apart: bool


class Word(NamedTuple):
    """A token as it will be written, and what stands around it.

    ``above`` are the comments on lines of their own before it, ``behind`` is the one after it on its line.
    ``apart``: a blank line stands before it (below what is above it). ``start`` is its offset, ``line`` its
    line in the text it was read from.
    """

    text: str
    kind: str
    start: int
    line: int
    above: tuple[Comment, ...] = ()
    behind: str = ""
    apart: bool = False

    @property
    def silences(self) -> bool:
        """Does a comment at this word switch a rule off?"""
        return "ivrlint:" in self.behind or any("ivrlint:" in each.text for each in self.above)


END = "$END"
"""The kind of the last word, which is empty and holds the comments at the end of the text."""


def words(tokens: list[Token], names: Collection[int], source: Source) -> list[Word]:
    """``tokens`` with the comments between them; the last one, of kind :data:`END`, is the end of the text.

    At the offsets in ``names`` a name is written.
    """
    starts = [(token.start_pos or 0, _written(token, names), token.type) for token in tokens]
    starts.append((len(source.text), "", END))
    ends = [0, *(token.end_pos or 0 for token in tokens)]
    found: list[Word] = []
    for end, (start, text, kind) in zip(ends, starts, strict=True):
        behind, above, apart = _between(source, end, start)
        if found:
            found[-1] = found[-1]._replace(behind=behind)
        elif behind:
            above = [Comment(behind, False), *above]
        line = source.position(start)[0]
        found.append(Word(text, kind, start, line, tuple(above), "", apart))
    return found


def _between(source: Source, start: int, end: int) -> tuple[str, list[Comment], bool]:
    """The comment on the line of ``start``, those on lines of their own, and whether a blank line follows."""
    behind, above = "", list[Comment]()
    line = first = source.position(start)[0]
    for offset, text in _comments(source.text, start, end):
        here = source.position(offset)[0]
        if here == first:
            behind = text
        else:
            above.append(Comment(text, here > line + 1))
        line = here
    return behind, above, source.position(end)[0] > line + 1


def _comments(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Between two tokens stand only spaces and comments."""
    for match in _COMMENT.finditer(text, start, end):
        words = match[0].rstrip()
        tight = len(words) > 2 and words[2].isalnum()
        yield match.start(), f"// {words[2:]}" if tight else words


def _written(token: Token, names: Collection[int]) -> str:
    """A name that needs no quotes has none."""
    if token.type == "STRING" and token.start_pos in names:
        return str(token) if needs_quotes(token[1:-1]) else str(token[1:-1])
    return str(token)
