"""The rules, one module each.

A rule has ``CODE``, ``NAME``, ``SEVERITY`` and ``check(context) -> Iterator[Violation]``, and where it can be
set ``Options`` (see :mod:`ivrlint.options`), of which it asks ``context.options(CODE, Options)``. With
``DEFAULT = False`` it is off until it is selected. Its docstring is its manual: a title line, then the
headings that ``ivrlint rule`` prints.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, cast

from ivrlint import plugins
from ivrlint.config import Settings
from ivrlint.finding import Severity, Violation
from ivrlint.flow import Flow, Problem, ProblemKind, Step, StepKind
from ivrlint.handling import Handling
from ivrlint.menus import Menus
from ivrlint.moves import Moves
from ivrlint.options import T, typed
from ivrlint.reach import Reach
from ivrlint.routes import Routes

if TYPE_CHECKING:
    from ivrlint.graph import CallGraph


@dataclass(frozen=True)
class Context:
    """What a rule sees: flow, settings and, made when first asked for, the graph and its distances."""

    flow: Flow
    settings: Settings

    def options(self, code: str, kind: type[T]) -> T:
        """The options of the rule ``code``: as set, else the defaults of ``kind``."""
        return typed(kind, self.settings.rules.get(code, {}))

    @cached_property
    def moves(self) -> Moves:
        """The moves of the flow by the steps they join."""
        return Moves(self.flow)

    @cached_property
    def reach(self) -> Reach:
        """What callers can still get to, and the regions where that is nothing."""
        return Reach(self.flow, self.moves.calls, self.settings.assume)

    @cached_property
    def handling(self) -> Handling:
        """What becomes of silence and wrong keys."""
        return Handling(self.moves, self.reach)

    @cached_property
    def menus(self) -> Menus:
        """The menus of the flow as they were written, with what is said before their keys."""
        return Menus(self.moves)

    @cached_property
    def graph(self) -> CallGraph:
        """The call graph of the flow, for those who want it in NetworkX."""
        from ivrlint.graph import build  # loading NetworkX takes as long as checking a small flow

        return build(self.flow, self.settings.words_per_minute)

    @cached_property
    def routes(self) -> Routes:
        """Distances along the moves."""
        settings = self.settings
        return Routes(
            self.moves,
            settings.measure,
            settings.assume,
            words_per_minute=settings.words_per_minute,
        )

    def places(self, *kinds: StepKind, within: Container[str]) -> Iterator[list[Step]]:
        """Steps of ``kinds`` whose ids are ``within``, together where their author speaks of one thing: those
        written in one place, or of one name in one file (parts of a menu that can be heard separately). What
        waits where nobody asked for keys is none of them (``Moves.unasked``).
        """
        groups: dict[object, list[Step]] = {}
        for step in self.moves.of_kind(*kinds):
            if step.id in within and step.id not in self.moves.unasked:
                name = step.span.path, step.name
                group = groups.get(step.span) or groups.get(name) or []
                group.append(step)
                groups[step.span] = groups[name] = group
        yield from {id(group): group for group in groups.values()}.values()

    def passes(self, copies: Iterable[Step]) -> bool:
        """Is what was written here no menu to callers, but an announcement or a pause? (``Reach.passing``)"""
        return self.reach.passing.issuperset(copy.id for copy in copies)

    def problems(self, kind: ProblemKind) -> Iterator[Problem]:
        """What the readers met of ``kind``."""
        return (problem for problem in self.flow.problems if problem.kind is kind)


class Rule(Protocol):
    """A rule module."""

    CODE: str
    NAME: str
    SEVERITY: Severity
    __doc__: str

    def check(self, context: Context) -> Iterator[Violation]:
        """Everything in ``context`` that breaks the rule."""
        ...


def all_rules() -> list[Rule]:
    """Every rule there is, by code."""
    return sorted(cast(Iterable[Rule], plugins.modules("rules")), key=lambda rule: rule.CODE)


def reported(context: Context, kind: ProblemKind) -> Iterator[Violation]:
    """The readers' problems of ``kind``, as violations."""
    for problem in context.problems(kind):
        yield Violation(problem.message, problem.span, problem.hint, related=problem.related)
