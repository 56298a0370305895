"""The files of a project: what each holds, and where calls through all of them lead."""

from __future__ import annotations

from collections.abc import Iterable

from ivrlint.flow import FATAL, Flow
from ivrlint.formats.connect.envelope import read_export
from ivrlint.formats.connect.library import Library
from ivrlint.formats.connect.meaning import follow
from ivrlint.project import Project
from ivrlint.source import Source


def read_files(sources: Iterable[Source], project: Project) -> Flow:
    """All flows of ``sources`` as one project; nothing is followed that could not be read."""
    given = tuple(sources)
    exports = [read_export(source) for source in given]
    problems = [problem for export in exports for problem in export.problems]
    library = Library(exports, project.settings.entry)
    problems += library.unknown_entries(given[0].span(0, 0))
    flow = follow(library, given)
    if any(problem.kind in FATAL for problem in problems):
        broken = {problem.span.source for problem in problems if problem.kind in FATAL}
        problems = [p for p in problems if p.kind in FATAL or p.span.source not in broken]
    return flow._replace(problems=(*problems, *flow.problems))
