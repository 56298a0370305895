"""What the system is asked in a flow, and how that is declared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ivrlint.flow import Flow, Move, MoveKind, StepKind


class Asked(NamedTuple):
    """A condition and how it is declared; ``marked``: outcomes that are not usual are said to be so."""

    kind: str
    varies: bool
    marked: bool


def conditions(flow: Flow) -> dict[str, Asked]:
    """What the checks of ``flow`` ask, in the order in which they come."""
    out: dict[str, list[Move]] = {}
    for move in flow.moves:
        out.setdefault(move.source, []).append(move)
    checks: dict[str, list[list[Move]]] = {}
    for step in flow.steps:
        asked = [move for move in out.get(step.id, ()) if move.kind is MoveKind.WHEN]
        if asked and step.kind is StepKind.CHECK:
            checks.setdefault(asked[0].condition, []).append(asked)
    return {condition: _asked(found, out) for condition, found in checks.items()}


def _asked(checks: Sequence[Sequence[Move]], out: dict[str, list[Move]]) -> Asked:
    varies = any(_may_change(move, checks, out) for check in checks for move in check)
    plain = all(_usual_of_hours(check) for check in checks)
    if plain or not all(any(not move.usual for move in check) for check in checks):
        return Asked("hours" if plain else "data", varies, marked=not plain)
    return Asked("hours", varies, marked=True)


def _usual_of_hours(check: Sequence[Move]) -> bool:
    """Is usual what is taken to be so in opening hours, and not everything?"""
    labels = [move.label for move in check]
    usual = "open" if "open" in labels else labels[0]
    return len({*labels}) > 1 and all(move.usual is (move.label == usual) for move in check)


def _may_change(decided: Move, checks: Sequence[Sequence[Move]], out: dict[str, list[Move]]) -> bool:
    """Can a call meet another check of the condition that allows this outcome and another one?"""
    asking = {check[0].source: {move.label for move in check} for check in checks}
    return any(
        decided.label in asking[step] and len(asking[step]) > 1
        for step in _next_of(decided.target, asking, out)
    )


def _next_of(start: str, goals: dict[str, set[str]], out: dict[str, list[Move]]) -> Iterator[str]:
    """The first of ``goals`` on every way on from ``start``."""
    seen = {start}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        if here in goals:
            yield here
            continue
        for move in out.get(here, ()):
            if move.target not in seen:
                seen.add(move.target)
                waiting.append(move.target)
