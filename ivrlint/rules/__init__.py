"""The rules, one module each.

A rule has ``CODE``, ``NAME``, ``SEVERITY`` and ``check(context) -> Iterator[Violation]``, and where it can be
set ``Options`` (see :mod:`ivrlint.options`), of which it asks ``context.options(CODE, Options)``. With
``DEFAULT = False`` it is off until it is selected. Its docstring is its manual: a title line, then the
headings that ``ivrlint rule`` prints.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, cast

from ivrlint import plugins
from ivrlint.config import Settings
from ivrlint.finding import Severity, Violation
from ivrlint.flow import Flow, Problem, ProblemKind
from ivrlint.graph import CallGraph, build
from ivrlint.moves import Moves
from ivrlint.options import T, typed
from ivrlint.routes import Routes


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
    def graph(self) -> CallGraph:
        """The call graph of the flow."""
        return build(self.flow, self.settings.words_per_minute)

    @cached_property
    def routes(self) -> Routes:
        """Distances on the graph."""
        return Routes(self.graph, self.settings.measure, self.settings.assume)

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
    return sorted(cast(list[Rule], plugins.modules("rules")), key=lambda rule: rule.CODE)


def reported(context: Context, kind: ProblemKind) -> Iterator[Violation]:
    """The readers' problems of ``kind``, as violations."""
    for problem in context.problems(kind):
        yield Violation(problem.message, problem.span, problem.hint, related=problem.related)
