"""The files of a project: those in one folder are one dialplan."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from ivrlint.flow import Flow, Problem, ProblemKind, merge
from ivrlint.formats.asterisk import begins, is_ael, syntax
from ivrlint.formats.asterisk.companions import beside
from ivrlint.formats.asterisk.dialplan import Dialplan
from ivrlint.formats.asterisk.meaning import follow
from ivrlint.formats.asterisk.sounds import Sounds
from ivrlint.problems import Problems
from ivrlint.project import Project
from ivrlint.source import Source

_CONF = re.compile(r"extensions\.conf", re.IGNORECASE)
_PART = re.compile(r"extensions", re.IGNORECASE)
_OVERRIDING = re.compile(r"override", re.IGNORECASE)
_SECTION = re.compile(r"^[ \t]*\[([^\]\r\n]+)\]", re.MULTILINE)
_FEWEST = 4
"""Sections that two files must have for us to say that they are alike."""

_SETS = re.compile(r"^[ \t]*autofallthrough", re.IGNORECASE | re.MULTILINE)
_INCLUDES = re.compile(r"#[ \t]*(?:try)?include", re.IGNORECASE)


def read_files(sources: Iterable[Source], project: Project) -> Flow:
    """One dialplan for each folder: what stands beside each other is loaded together.

    Where the file that Asterisk begins with is there, what it does not include is not loaded with it, and is
    read by itself; so is another version of a file that is there.
    """
    folders: dict[tuple[str, str], list[Source]] = {}
    outermost = _outermost(list(sources), project)
    begun = {os.path.dirname(source.path) for source in outermost if begins(source)}
    for source in sorted(outermost, key=lambda each: not _PART.match(os.path.basename(each.path))):
        folder = os.path.dirname(source.path)
        others = folders.get((folder, ""), [])
        alone = not begins(source) and (folder in begun or any(_alike(source, each) for each in others))
        folders.setdefault((folder, source.path if alone else ""), []).append(source)
    waiting = {folder for folder in begun if not _falls_through(folder, outermost, project)}
    return merge(
        _read_together(together, project, folder not in waiting) for (folder, _), together in folders.items()
    )


def _falls_through(folder: str, outermost: Iterable[Source], project: Project) -> bool:
    """What the file that Asterisk begins with sets for all that are loaded with it."""
    dialplan = Dialplan()
    for source in outermost:
        if begins(source) and os.path.dirname(source.path) == folder and _SETS.search(source.text):
            _load(source, project, dialplan)
    return dialplan.falls_through


def _alike(one: Source, other: Source) -> bool:
    """Do they share most of their sections? Then they are two versions of one file."""
    these, those = set(_SECTION.findall(one.text)), set(_SECTION.findall(other.text))
    return min(len(these), len(those)) >= _FEWEST and 2 * len(these & those) > len(these | those)


def _read_together(sources: list[Source], project: Project, falls_through: bool) -> Flow:
    dialplan = Dialplan(falls_through=falls_through)
    written = [source for source in sources if not source.path.lower().endswith(".lua")]
    for source in sorted(written, key=lambda each: not _OVERRIDING.search(os.path.basename(each.path))):
        _load(source, project, dialplan)
    if written and all(_is_part(source) for source in written):
        dialplan.incomplete = True
        dialplan.problems = Problems(each for each in dialplan.problems if not _across_files(each))
    problems = tuple(_in_lua(source) for source in sources if source not in written)
    if not written:
        return Flow(problems=problems, sources=tuple(sources))
    settings = project.settings
    flow = follow(dialplan, beside(written[0], project), Sounds(settings.sounds), settings.entry)
    return Flow(flow.steps, flow.moves, (*flow.problems, *problems), flow.sources)


def _across_files(problem: Problem) -> bool:
    """Is it about the same thing in two files, of which no file tells which is loaded first, or at all?"""
    if problem.kind is not ProblemKind.DUPLICATE_NAME:
        return False
    return any(span.source is not problem.span.source for _, span in problem.related)


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
    return is_ael(source) or not _CONF.match(os.path.basename(source.path))


def _in_lua(source: Source) -> Problem:
    message = "this dialplan is a Lua program; what it does with a call is not known"
    return Problem(
        ProblemKind.UNSUPPORTED, message, source.span(0, 0), "only what Asterisk itself runs can be read"
    )
