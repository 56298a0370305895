"""What the system is asked in a flow, and how that is declared."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
    kinds: dict[str, str] = {}
    for step in flow.steps:
        asked = [move for move in out.get(step.id, ()) if move.kind is MoveKind.WHEN]
        if asked and step.kind is StepKind.CHECK:
            checks.setdefault(asked[0].condition, []).append(asked)
            kinds.setdefault(asked[0].condition, "staffing" if "staffing" in step.tags else "data")
    return {condition: _asked(kinds[condition], found, out) for condition, found in checks.items()}


def _asked(kind: str, checks: Sequence[Sequence[Move]], out: dict[str, list[Move]]) -> Asked:
    asking = {check[0].source for check in checks}
    varies = any(_asked_again(check, asking, out) for check in checks)
    if all(_usual_of_hours(check) for check in checks):
        return Asked("hours", varies, marked=False)
    marked_each = all(any(not move.usual for move in check) for check in checks)
    return Asked("hours" if marked_each else kind, varies, marked=True)


def _usual_of_hours(check: Sequence[Move]) -> bool:
    """Is usual what is taken to be so in opening hours, and not everything?"""
    labels = [move.label for move in check]
    usual = "open" if "open" in labels else labels[0]
    return len({*labels}) > 1 and all(move.usual is (move.label == usual) for move in check)


def _asked_again(check: Sequence[Move], asking: Collection[str], out: dict[str, list[Move]]) -> bool:
    """Can a call meet a check of the same condition later? What that can tell has been followed already."""
    seen = {move.target for move in check}
    waiting = list(seen)
    while waiting:
        here = waiting.pop()
        if here in asking:
            return True
        for move in out.get(here, ()):
            if move.target not in seen:
                seen.add(move.target)
                waiting.append(move.target)
    return False
