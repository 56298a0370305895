"""``ivrlint fmt``: which ``.ivr`` files are not in canonical form, and what they would be."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from typing import NamedTuple

from ivrlint import discover, linter
from ivrlint.config import Settings
from ivrlint.flow import Flow, Problem
from ivrlint.formats import ivr
from ivrlint.formatting.canonical import canonical
from ivrlint.linter import Reading, Report
from ivrlint.rules import Context
from ivrlint.source import Source


class Formatted(NamedTuple):
    """A file and its canonical form."""

    source: Source
    text: str

    @property
    def changed(self) -> bool:
        """Is it not in canonical form yet?"""
        return self.text != self.source.text

    def diff(self) -> Iterator[str]:
        """The lines of a unified diff."""
        before, after = (io.StringIO(text, newline="").readlines() for text in (self.source.text, self.text))
        for line in unified_diff(before, after, self.source.path, f"{self.source.path} (formatted)"):
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def formatted(
    paths: Sequence[str], settings: Settings, stdin_filename: str
) -> tuple[list[Formatted], Report]:
    """The ``.ivr`` files at ``paths`` (folders are searched), and a report on those that cannot be read."""
    found, problems = discover.sources(paths, [ivr], settings, stdin_filename, {}, lambda _: None)
    done = []
    for source in found.get(ivr, []):
        text = canonical(source)
        if isinstance(text, str):
            done.append(Formatted(source, text))
        else:
            problems += text
    return done, _report(problems, settings, len(done))


def _report(problems: list[Problem], settings: Settings, files: int) -> Report:
    sources = dict.fromkeys(problem.span.source for problem in problems)
    flow = Flow(problems=tuple(problems), sources=tuple(sources))
    reading = Reading(Context(flow, settings), files + len(sources), {})
    return Report(tuple(linter.findings(reading)), reading)
