"""The one new option that would help most: which menu, which key, leading where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from ivrlint.config import Measure
from ivrlint.flow import Flow, Move, MoveKind, Step, StepKind
from ivrlint.menus import keys_of
from ivrlint.moves import Moves
from ivrlint.routes import Route
from ivrlint.words import plural

MOST_WORK = 50_000
"""Moves times options that are tried out; in a larger flow no option is proposed."""

OPERATOR = "0"


class Option(NamedTuple):
    """A new option: ``key`` of ``menu`` leads to ``target``."""

    menu: Step
    key: str
    target: Step

    def __str__(self) -> str:
        return f"let {self.key} in {self.menu.name} lead to {self.target.name}"


def with_option(flow: Flow, option: Option) -> Flow:
    """``flow`` with ``option`` in every copy of its menu."""
    added = [
        Move(step.id, option.target.id, MoveKind.KEY, step.span, option.key, keypresses=len(option.key))
        for step in flow.steps
        if step.place == option.menu.place
    ]
    return flow._replace(moves=(*flow.moves, *added))


def free_key(menu: Step, target: Step, moves: Moves) -> str:
    """A key that ``menu`` does not offer yet: for people the operator's, if it is free; "" if none is."""
    taken = {key for move in moves.out(menu.id, MoveKind.KEY) for key in keys_of(move)}
    wanted = (OPERATOR, *"123456789") if target.kind is StepKind.HUMAN else "123456789"
    return next((key for key in wanted if key not in taken), "")


def shortcuts(route: Route, limit: int, measure: Measure, moves: Moves) -> Iterator[Option]:
    """Options in menus of ``route`` that lead to a later step of it and bring it within ``limit``."""
    spent = [0]
    for move in route.moves:
        spent.append(spent[-1] + getattr(move, measure))
    for here, hop in enumerate(route.hops):
        for there in range(len(route.hops) - 1, here + 1, -1):
            if spent[here] + 1 + spent[-1] - spent[there] > limit:
                break
            target = route.hops[there].step
            if hop.step.kind is StepKind.MENU and target.kind in _TARGETS:
                key = free_key(hop.step, target, moves)
                if key:
                    yield Option(hop.step, key, target)


_TARGETS = (StepKind.HUMAN, StepKind.MENU, StepKind.ASK)


def most_helpful(flow: Flow, options: Iterable[Option], faults: Callable[[Flow], int], noun: str) -> str:
    """The option with which the fewest ``faults`` are left, and how many that is, as a hint.

    Each is tried out. "" if none helps, or the flow is too large.
    """
    tried = _tried(flow, options)
    if not tried:
        return ""
    left = [faults(with_option(flow, option)) for option in tried]
    fewest, before = min(left), faults(flow)
    if fewest >= before:
        return ""
    verb = "are" if fewest > 1 else "is"
    return f"{tried[left.index(fewest)]}; of {plural(before, noun)}, {fewest or 'none'} {verb} left then"


def _tried(flow: Flow, options: Iterable[Option]) -> list[Option]:
    """``options``, one for each pair of places; none if that is too many, and then not all are made."""
    tried: dict[tuple[str, str], Option] = {}
    for each in options:
        tried[each.menu.place, each.target.place] = each
        if len(tried) * len(flow.moves) > MOST_WORK:
            return []
    return list(tried.values())
