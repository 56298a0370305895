"""What an editor has open, checked as the project it belongs to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from threading import RLock
from typing import NamedTuple

from ivrlint import configfile
from ivrlint.config import ConfigError, Settings
from ivrlint.flow import Step
from ivrlint.linter import Report, check
from ivrlint.source import Source


class _Project(NamedTuple):
    """What is checked together: the paths of a run, and its settings."""

    paths: tuple[str, ...]
    settings: Settings


class Checked(NamedTuple):
    """A text as it was last checked, and the report on its project.

    ``problem`` tells of a configuration that cannot be used.
    """

    source: Source
    report: Report
    problem: str = ""

    @property
    def sources(self) -> tuple[Source, ...]:
        """All texts of the project."""
        return self.report.reading.flow.sources

    def steps(self) -> Iterator[Step]:
        """The steps of this text, one for each place."""
        seen = set()
        for step in self.report.reading.flow.steps:
            if step.span.source is self.source and step.place not in seen:
                seen.add(step.place)
                yield step


class Workspace:
    """Texts by path as they are in the editor; those that are not open are read from disk.

    A text is checked with the folder of the nearest configuration file, as a run in CI would check it; where
    there is none, alone, with what it includes.
    """

    def __init__(self) -> None:
        self._opened: dict[str, str] = {}
        self._checked: dict[tuple[str, ...], Report] = {}
        self._lock = RLock()

    def put(self, path: str, text: str) -> None:
        """The editor has ``text`` at ``path`` now."""
        with self._lock:
            self._opened[os.path.realpath(path)] = text.removeprefix("\ufeff")
            self._checked.clear()

    def drop(self, path: str) -> None:
        """The editor has closed ``path``; what is on disk counts."""
        with self._lock:
            self._opened.pop(os.path.realpath(path), None)
            self._checked.clear()

    def refresh(self) -> None:
        """Something on disk has changed."""
        with self._lock:
            self._checked.clear()

    def checked(self, path: str) -> Checked:
        """The text at ``path`` and the report on its project; checked again only if something has changed."""
        with self._lock:
            project, problem = _project(path)
            if project.paths not in self._checked:
                self._checked[project.paths] = check(project.paths, project.settings, texts=self._opened)
            report = self._checked[project.paths]
        real = os.path.realpath(path)
        found = (each for each in report.reading.flow.sources if os.path.realpath(each.path) == real)
        return Checked(next(found, None) or Source(path, self._opened.get(real, "")), report, problem)


def _project(path: str) -> tuple[_Project, str]:
    folder = Path(path).parent
    try:
        file = configfile.find(folder)
        settings = configfile.load(file, {})
    except ConfigError as error:
        return _Project((path,), Settings()), str(error)
    return _Project((str(file.parent), path) if file else (path,), settings), ""
