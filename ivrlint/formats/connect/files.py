"""The files of a project: what each holds, and where calls through all of them lead."""

from __future__ import annotations

from collections.abc import Iterable

from ivrlint.flow import FATAL, Flow, Problem
from ivrlint.formats.connect.envelope import Export, read_export
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
    problems += _unread(exports, library)
    flow = follow(library, given)
    if any(problem.kind in FATAL for problem in problems):
        broken = {problem.span.source for problem in problems if problem.kind in FATAL}
        problems = [p for p in problems if p.kind in FATAL or p.span.source not in broken]
    return flow._replace(problems=(*problems, *flow.problems))


def _unread(exports: Iterable[Export], library: Library) -> list[Problem]:
    """What is said of flows that templates declare and that are not read."""
    told = [(use, use in library.used) for export in exports for use in export.uses]
    missing = [use for use, is_there in told if not is_there]
    computed = [problem for export in exports for problem in export.unread]
    if not (missing or computed):
        return []
    from ivrlint.formats.connect import unread  # most runs read all that there is

    if any(all(called.kind != "logical" for called in flow.names) for flow in library.flows.values()):
        computed = [unread.one_of_those_read(problem) for problem in computed]
    return unread.if_nothing_else([*computed, *map(unread.elsewhere, missing)], bool(library.flows))
