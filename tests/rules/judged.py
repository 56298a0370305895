"""Flows changed, and what a rule finds in them."""

from __future__ import annotations

from typing import Any

from ivrlint.config import Settings
from ivrlint.finding import Violation
from ivrlint.flow import Duration, Flow, Prompt
from ivrlint.rules import (
    Context,
    Rule,
)
from ivrlint.source import Source
from tests.flows import flow


def found(rule: Any, given: Flow, **settings: Any) -> list[Violation]:
    """What ``rule`` finds in ``given``."""
    checked: Rule = rule
    return list(checked.check(Context(given, Settings(**settings))))


def with_step(given: Flow, step: str, **changes: Any) -> Flow:
    """``given`` with one step changed."""
    return given._replace(steps=tuple(s._replace(**changes) if s.id == step else s for s in given.steps))


def written_at(given: Flow, step: str, again: str, **changes: Any) -> Flow:
    """``given`` with ``again`` and its moves written where ``step`` and its moves are."""
    spans = {each.id: each.span for each in given.steps}
    moves = iter([each.span for each in given.moves if each.source == step])
    placed = [each._replace(span=next(moves)) if each.source == again else each for each in given.moves]
    return with_step(given, again, span=spans[step], **changes)._replace(moves=tuple(placed))


def as_copies(given: Flow, step: str, *copies: str) -> Flow:
    """``given`` with ``copies`` of ``step``: the same menu, met in another state of the call."""
    for copy in copies:
        given = written_at(given, step, copy, name=step, place=step)
    return given


def saying(given: Flow, **texts: str) -> Flow:
    """``given`` with a prompt for each step named."""
    for step, text in texts.items():
        (span,) = (each.span for each in given.steps if each.id == step)
        given = with_step(given, step, prompts=(Prompt(text, Duration(), span),))
    return given


def names(violations: list[Violation]) -> list[str]:
    """The step or line that each speaks of."""
    return [(each.step or each.entry or LINE).name for each in violations]


LINE = flow("line:entry").steps[0]
ELSEWHERE = Source("other.ivr", "menu\n").span(0, 4)
