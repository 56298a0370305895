"""The files of a project: those in one folder are one dialplan."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from ivrlint.flow import Flow, Problem, ProblemKind, merge
from ivrlint.formats.asterisk import is_ael, syntax
from ivrlint.formats.asterisk.companions import beside
from ivrlint.formats.asterisk.dialplan import Dialplan
from ivrlint.formats.asterisk.meaning import follow
from ivrlint.formats.asterisk.sounds import Sounds
from ivrlint.project import Project
from ivrlint.source import Source

_WHOLE = re.compile(r"extensions\.(?:conf|ael2?)", re.IGNORECASE)
_INCLUDES = re.compile(r"#[ \t]*(?:try)?include", re.IGNORECASE)


def read_files(sources: Iterable[Source], project: Project) -> Flow:
    """One dialplan for each folder: what stands beside each other is loaded together.

    Where the file that Asterisk begins with is there, what it does not include is not loaded with it, and is
    read by itself.
    """
    folders: dict[tuple[str, str], list[Source]] = {}
    outermost = _outermost(list(sources), project)
    begun = {os.path.dirname(source.path) for source in outermost if _begins(source)}
    for source in outermost:
        folder = os.path.dirname(source.path)
        alone = folder in begun and not _begins(source)
        folders.setdefault((folder, source.path if alone else ""), []).append(source)
    return merge(_read_together(together, project) for together in folders.values())


def _begins(source: Source) -> bool:
    return bool(_WHOLE.fullmatch(os.path.basename(source.path)))


def _read_together(sources: list[Source], project: Project) -> Flow:
    dialplan = Dialplan()
    written = [source for source in sources if not source.path.lower().endswith(".lua")]
    for source in written:
        _load(source, project, dialplan)
    if written and all(_is_part(source) for source in written):
        dialplan.incomplete = True
    problems = tuple(_in_lua(source) for source in sources if source not in written)
    if not written:
        return Flow(problems=problems, sources=tuple(sources))
    settings = project.settings
    flow = follow(dialplan, beside(written[0], project), Sounds(settings.sounds), settings.entry)
    return Flow(flow.steps, flow.moves, (*flow.problems, *problems), flow.sources)


def _outermost(sources: list[Source], project: Project) -> list[Source]:
    """Those that no other one includes."""
    included: set[Source] = set()
    for source in sources if len(sources) > 1 else ():
        if _INCLUDES.search(source.text):
            trial = Dialplan()
            _load(source, project, trial)
            included.update(each for each in trial.sources if each is not source)
    return [source for source in sources if source not in included] or sources


def _load(source: Source, project: Project, dialplan: Dialplan) -> None:
    if not is_ael(source):
        syntax.load(source, project, dialplan)
        return
    from ivrlint.formats.asterisk import ael  # another language: loaded only where it is met

    ael.load(source, project, dialplan)


def _is_part(source: Source) -> bool:
    """May contexts be in files that were not given? ``extensions.conf`` is where Asterisk begins to read."""
    return is_ael(source) or not _WHOLE.match(os.path.basename(source.path))


def _in_lua(source: Source) -> Problem:
    message = "this dialplan is a Lua program; what it does with a call is not known"
    return Problem(
        ProblemKind.UNSUPPORTED, message, source.span(0, 0), "only what Asterisk itself runs can be read"
    )
