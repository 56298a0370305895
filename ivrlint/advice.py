"""The one new option that would help most: which menu, which key, leading where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from ivrlint.config import Measure
from ivrlint.finding import Option
from ivrlint.flow import Flow, Move, MoveKind, Step, StepKind
from ivrlint.menus import keys_of
from ivrlint.moves import Moves
from ivrlint.routes import Route
from ivrlint.words import plural

MOST_WORK = 50_000
"""Moves times options that are tried out; in a larger flow no option is proposed."""

OPERATOR = "0"


class Advice(NamedTuple):
    """The option that helps most, and a hint that names it; none and "" where nothing does."""

    words: str = ""
    option: Option | None = None


def with_option(flow: Flow, option: Option) -> Flow:
    """``flow`` with ``option`` in every copy of its menu; where the system decides first there is no menu."""
    added = [
        Move(step.id, option.target.id, MoveKind.KEY, step.span, option.key, keypresses=len(option.key))
        for step in flow.steps
        if step.place == option.menu.place and step.kind is option.menu.kind
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


def most_helpful(flow: Flow, options: Iterable[Option], faults: Callable[[Flow], int], noun: str) -> Advice:
    """The option with which the fewest ``faults`` are left, and a hint that says how many that is.

    Each is tried out. There is none if none helps, or the flow is too large.
    """
    tried = _tried(flow, options)
    if not tried:
        return Advice()
    left = [faults(with_option(flow, option)) for option in tried]
    fewest, before = min(left), faults(flow)
    if fewest >= before:
        return Advice()
    verb = "are" if fewest > 1 else "is"
    option = tried[left.index(fewest)]
    return Advice(f"{option}; of {plural(before, noun)}, {fewest or 'none'} {verb} left then", option)


def _tried(flow: Flow, options: Iterable[Option]) -> list[Option]:
    """``options``, one for each pair of places; none if that is too many, and then not all are made."""
    tried: dict[tuple[str, str], Option] = {}
    for each in options:
        tried[each.menu.place, each.target.place] = each
        if len(tried) * len(flow.moves) > MOST_WORK:
            return []
    return list(tried.values())
