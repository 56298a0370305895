"""The files of a project and what they include, each parsed once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from lark import Token, Tree

from ivrlint.flow import Flow, Problem, ProblemKind, StepKind, merge
from ivrlint.formats.ivr.declarations import Module, Name
from ivrlint.formats.ivr.errors import dialect
from ivrlint.formats.ivr.meaning import follow
from ivrlint.formats.ivr.syntax import declarations
from ivrlint.grammar import parse
from ivrlint.project import Project, ReadError
from ivrlint.source import Source

LONGEST_LINE = 100_000
"""Characters in one line; no phone menu has a longer one, and a parser would take minutes over it."""

DEEPEST_INCLUDE = 100
"""Files that include one another in a chain."""


def read_files(sources: Iterable[Source], project: Project) -> Flow:
    """The flows of all files that no other one includes, each with what it includes."""
    library = _Library(project)
    units = {source: library.unit(source) for source in sources}
    included = {source for unit in units.values() for source in unit.sources[1:]}
    roots = [source for source in units if source not in included] or list(units)
    flow = merge(library.flow(units[root]) for root in roots)
    return flow if flow.broken or _entries(flow) else _without_entry(flow)


def _entries(flow: Flow) -> bool:
    return any(step.kind is StepKind.ENTRY for step in flow.steps)


def _without_entry(flow: Flow) -> Flow:
    """Nothing can be said about calls that never come in."""
    source = flow.sources[0]
    first = flow.steps[0].name if flow.steps else "main"
    problem = Problem(
        ProblemKind.UNREADABLE,
        "no `line` says where calls come in, so nothing can be checked",
        source.span(0, 0),
        f'add one, for example: line "+1 800 555 0100" -> {first}',
    )
    return Flow(problems=(*flow.problems, problem), sources=flow.sources)


def tree_of(source: Source) -> Tree[Token] | list[Problem]:
    """The parse tree of ``source``, or what is wrong with it."""
    for number in range(1, source.line_count + 1):
        if len(source.line(number)) > LONGEST_LINE:
            start = source.offset(number, 1)
            message = f"line {number} has more than {LONGEST_LINE} characters"
            return [Problem(ProblemKind.UNREADABLE, message, source.span(start, start))]
    return parse("ivr", source, dialect())


class _Unit(NamedTuple):
    """A file and what it includes, depth first, each once; ``broken`` are includes not followed."""

    sources: tuple[Source, ...]
    broken: tuple[Problem, ...]


class _Library:
    """All files that are read, each parsed once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._parsed: dict[Source, Module | list[Problem]] = {}

    def unit(self, root: Source) -> _Unit:
        """``root`` and all it includes."""
        found: dict[Source, None] = {}
        broken: list[Problem] = []
        waiting: list[tuple[Source, tuple[Name, ...]]] = [(root, ())]
        while waiting:
            source, chain = waiting.pop()
            if source in found:
                continue
            found[source] = None
            module = self._module(source)
            names = module.includes if isinstance(module, Module) else []
            for name in reversed(names):
                included = self._include(name, chain)
                if isinstance(included, Source):
                    waiting.append((included, (*chain, name)))
                else:
                    broken.append(included)
        return _Unit(tuple(found), tuple(broken))

    def flow(self, unit: _Unit) -> Flow:
        """What the files of ``unit`` say together; only their problems if one could not be read."""
        modules = [self._module(source) for source in unit.sources]
        broken = [problem for module in modules if isinstance(module, list) for problem in module]
        if broken or unit.broken:
            return Flow(problems=(*broken, *unit.broken), sources=unit.sources)
        return follow([m for m in modules if isinstance(m, Module)], unit.sources)

    def _module(self, source: Source) -> Module | list[Problem]:
        if source not in self._parsed:
            self._parsed[source] = self._parse(source)
        return self._parsed[source]

    def _parse(self, source: Source) -> Module | list[Problem]:
        tree = tree_of(source)
        return tree if isinstance(tree, list) else declarations(tree, source)

    def _include(self, name: Name, chain: tuple[Name, ...]) -> Source | Problem:
        try:
            source = self._project.include(name.text, name.span.source)
        except ReadError as error:
            return _broken(ProblemKind.UNREADABLE, name, f'"{name.text}": {error.message}', chain)
        if source is name.span.source or any(source is link.span.source for link in chain):
            message = f'including "{name.text}" goes round in a circle'
            return _broken(ProblemKind.INCLUDE_CYCLE, name, message, chain)
        if len(chain) >= DEEPEST_INCLUDE:
            message = f"includes are nested more than {DEEPEST_INCLUDE} deep"
            return _broken(ProblemKind.UNREADABLE, name, message, ())
        return source


def _broken(kind: ProblemKind, name: Name, message: str, chain: tuple[Name, ...]) -> Problem:
    related = tuple((f'"{link.text}" is included here', link.span) for link in chain)
    return Problem(kind, message, name.span, "", related)
