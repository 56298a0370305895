"""Findings that a comment in the source asks to be silent about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ivrlint.finding import Finding
from ivrlint.source import Source, Span

_COMMENT = re.compile(r"ivrlint:\s*ignore(?:\[([^\]\r\n]*)\])?[ \t]*([^\r\n]*)")


class Suppression(NamedTuple):
    """``ivrlint: ignore[CODE, NAME] reason`` at ``span``, for findings that begin on ``line``.

    Without brackets every rule is meant. A comment with nothing before it on its line is for the next line of
    code.
    """

    rules: frozenset[str]
    reason: str
    line: int
    span: Span

    def covers(self, finding: Finding) -> bool:
        """Is ``finding`` one of those meant?"""
        return (
            finding.span.source is self.span.source
            and finding.span.line == self.line
            and (not self.rules or bool(self.rules & {finding.code, finding.name}))
        )


def suppressions(source: Source, comment: str) -> list[Suppression]:
    """All of ``source``, whose comments begin with ``comment``."""
    found = []
    for match in _COMMENT.finditer(source.text):
        number, column = source.position(match.start())
        before = source.line(number)[: column - 1]
        if comment not in before:
            continue
        alone = not before[: before.index(comment)].strip()
        rules = frozenset(filter(None, (rule.strip() for rule in (match[1] or "").split(","))))
        line = _next_code(source, number, comment) if alone else number
        reason = match[2].strip()
        found.append(Suppression(rules, reason, line, source.span(match.start(), match.end())))
    return found


def _next_code(source: Source, number: int, comment: str) -> int:
    for line in range(number + 1, source.line_count + 1):
        text = source.line(line).strip()
        if text and not text.startswith(comment):
            return line
    return number


def unsuppressed(findings: Iterable[Finding], comments: Mapping[Source, str]) -> list[Finding]:
    """``findings`` without those that a comment covers; ``comments`` tells what begins one in each source."""
    silent: dict[tuple[Source, int], list[Suppression]] = {}
    for source, comment in comments.items():
        if "ivrlint:" in source.text:
            for suppression in suppressions(source, comment):
                silent.setdefault((source, suppression.line), []).append(suppression)
    if not silent:
        return list(findings)
    return [
        finding
        for finding in findings
        if not any(
            suppression.covers(finding)
            for suppression in silent.get((finding.span.source, finding.span.line), ())
        )
    ]
