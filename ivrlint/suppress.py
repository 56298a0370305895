"""Findings that a comment in the source asks to be silent about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ivrlint import selection
from ivrlint.finding import Finding
from ivrlint.source import Source, Span

_COMMENT = re.compile(r"ivrlint:\s*ignore(?:\[([^\]\r\n]*)\])?[ \t]*([^\r\n]*)")
_ENDS = {"<!--": "-->", "/*": "*/"}
_SIGNS = "/;#<!-* \t"


class Suppression(NamedTuple):
    """``ivrlint: ignore[CODE, NAME] reason`` at ``span``, for findings that begin on ``line``.

    Without ``words`` every rule is meant. A comment with nothing before it on its line is for the next line
    of code. ``comment`` is the whole comment with the sign that begins it.
    """

    words: tuple[str, ...]
    reason: str
    line: int
    span: Span
    comment: Span

    def covers(self, finding: Finding) -> bool:
        """Is ``finding`` one of those meant?"""
        return not self.words or any(finding.code in selection.codes(word) for word in self.words)

    def unused(self, hidden: frozenset[str]) -> tuple[str, ...]:
        """The words of rules that are not among the ``hidden`` codes; ``all rules`` where none is named."""
        if not self.words:
            return () if hidden else ("all rules",)
        return tuple(
            word for word in self.words if selection.codes(word) and not selection.codes(word) & hidden
        )


def suppressions(source: Source, comment: str) -> list[Suppression]:
    """All of ``source``, whose comments begin with ``comment``."""
    if "ivrlint:" not in source.text:
        return []
    lines = _code_lines(source, comment)
    found = (_suppression(source, match, comment, lines) for match in _COMMENT.finditer(source.text))
    return [each for each in found if each]


def _suppression(
    source: Source, match: re.Match[str], comment: str, code_lines: list[int]
) -> Suppression | None:
    number, column = source.position(match.start())
    before = source.line(number)[: column - 1]
    if comment not in before:
        return None
    ending = _ENDS.get(comment, "")
    said = match[0].split(ending)[0].rstrip() if ending else match[0].rstrip()
    start = match.start() - len(before) + before.rindex(comment)
    ended = match.start() + len(match[0].partition(ending)[0]) + len(ending) if ending else match.end()
    after = source.text[ended : match.end()]
    alone = not before[: before.index(comment)].strip() and not after.strip()
    words = tuple(filter(None, (word.strip() for word in (match[1] or "").split(","))))
    return Suppression(
        words,
        said[match.start(2) - match.start() :].strip(),
        _next(number, code_lines) if alone else number,
        source.span(match.start(), match.start() + len(said)),
        source.span(start, ended),
    )


def hide(
    findings: Iterable[Finding], comments: Mapping[Source, str]
) -> tuple[list[Finding], dict[Suppression, frozenset[str]]]:
    """``findings`` without those that a comment covers, and the codes that each comment hid.

    ``comments`` tells what begins a comment in each source.
    """
    hidden: dict[Suppression, frozenset[str]] = {}
    at: dict[tuple[Source, int], list[Suppression]] = {}
    for source, comment in comments.items():
        for suppression in suppressions(source, comment):
            hidden[suppression] = frozenset()
            at.setdefault((source, suppression.line), []).append(suppression)
    if not at:
        return list(findings), hidden
    told = []
    for finding in findings:
        there = at.get((finding.span.source, finding.span.line), ())
        covering = [each for each in there if each.covers(finding)]
        for each in covering:
            hidden[each] |= {finding.code}
        if not covering:
            told.append(finding)
    return told, hidden


def without(source: Source, unused: Iterable[tuple[Suppression, tuple[str, ...]]]) -> str:
    """The text of ``source`` without the ``unused`` words of its suppressions."""
    text = source.text
    for suppression, words in sorted(unused, key=lambda each: -each[0].span.start):
        kept = [word for word in suppression.words if word not in words]
        if kept:
            start = suppression.span.start
            opened, closed = text.index("[", start) + 1, text.index("]", start)
            text = text[:opened] + ", ".join(kept) + text[closed:]
        else:
            text = _cut(text, suppression)
    return text


def _cut(text: str, suppression: Suppression) -> str:
    """``text`` without a suppression; with its comment and its line where nothing else is in them."""
    span, comment = suppression.span, suppression.comment
    if text[comment.start : span.start].strip(_SIGNS):
        return text[: span.start].rstrip() + text[span.end :]
    before, after = text[: comment.start].rstrip(" \t"), text[comment.end :]
    if before[-1:] not in ("", "\r", "\n"):
        return before + after
    return before + after.removeprefix("\r").removeprefix("\n")


def _code_lines(source: Source, comment: str) -> list[int]:
    """The lines that hold more than a comment."""
    lines = ((number, source.line(number).strip()) for number in range(1, source.line_count + 1))
    return [number for number, text in lines if text and not text.startswith(comment)]


def _next(number: int, code_lines: list[int]) -> int:
    """The line of code behind line ``number``; itself where there is none."""
    following = bisect_right(code_lines, number)
    return code_lines[following] if following < len(code_lines) else number
