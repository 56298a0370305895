"""Findings that settings are silent about, by file or by step: ``per-file-ignores``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

from ivrlint import selection
from ivrlint.config import Settings
from ivrlint.files import near
from ivrlint.finding import Finding
from ivrlint.flow import Flow, Step


class Ignore(NamedTuple):
    """Rules that are off in files that match ``file``; at steps that match ``step`` if it is not empty."""

    pattern: str
    file: str
    step: str
    words: tuple[str, ...]

    def covers(self, finding: Finding, step: Step | None, base: str) -> bool:
        """Is ``finding``, made at ``step``, one of those meant?"""
        return (
            any(finding.code in selection.codes(word) for word in self.words)
            and in_file(self.file, finding.span.path, base)
            and (not self.step or (step is not None and _named(step, self.step)))
        )


def ignores(settings: Settings) -> list[Ignore]:
    """All that ``settings`` name, as written: ``FILE`` or ``FILE#STEP``."""
    return [
        Ignore(pattern, *pattern.partition("#")[::2], words)
        for pattern, words in settings.per_file_ignores.items()
    ]


def hide(
    findings: Iterable[Finding], flow: Flow, settings: Settings
) -> tuple[list[Finding], dict[Ignore, frozenset[str]]]:
    """``findings`` without those that settings cover, and the codes that each ignore of a step hid."""
    said = ignores(settings)
    if not said:
        return list(findings), {}
    hidden = {each: frozenset[str]() for each in said if each.step and _in_run(each, flow, settings)}
    told = []
    for finding in findings:
        step = at_step(finding, flow)
        covering = [each for each in said if each.covers(finding, step, settings.base)]
        for each in covering:
            if each in hidden:
                hidden[each] |= {finding.code}
        if not covering:
            told.append(finding)
    return told, hidden


def in_file(pattern: str, path: str, base: str) -> bool:
    """Does ``path`` (or its last part) match ``pattern``, or, with ``!`` before it, not match?"""
    if pattern.startswith("!"):
        return not in_file(pattern[1:], path, base)
    names = near(path, base) if base else path, path, path.rsplit("/", 1)[-1]
    return any(fnmatchcase(name, pattern) for name in names)


def at_step(finding: Finding, flow: Flow) -> Step | None:
    """The step that ``finding`` is about: as its rule says, else the last one that begins before it."""
    violation = finding.violation
    if violation.step or violation.entry:
        return violation.step or violation.entry
    return max(_before(finding, flow), key=lambda step: step.span.start, default=None)


def _before(finding: Finding, flow: Flow) -> Iterator[Step]:
    span = finding.span
    return (step for step in flow.steps if step.span.source is span.source and step.span.start <= span.start)


def _named(step: Step, pattern: str) -> bool:
    return fnmatchcase(step.name, pattern) or fnmatchcase(step.place, pattern)


def _in_run(ignore: Ignore, flow: Flow, settings: Settings) -> bool:
    return any(in_file(ignore.file, source.path, settings.base) for source in flow.sources)
