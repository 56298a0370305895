"""Callers are given too little time for the first key.

## What it does
Reports a menu or a question that waits less than `floor` seconds for the first key. Where every key
does what silence does, or `*` alone does not, nothing is said.

## Why is this bad
Who looks for glasses, switches to the keypad or thinks twice is told to be late.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For an agent, press 0."
  1 "billing" -> billing
  0 "agent" -> agents
  timeout 2s x2 -> agents
  invalid x3 -> agents
}
queue billing "Please hold for the billing team."
queue agents "Please hold for an agent."
```

## Use instead
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For an agent, press 0."
  1 "billing" -> billing
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
queue billing "Please hold for the billing team."
queue agents "Please hold for an agent."
```

## Options
- `floor` (default 5): seconds.

## Source
University of Minnesota, page on the accessibility of telephone systems (P). (P): read in the primary text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ivrlint.finding import Severity, Violation
from ivrlint.flow import ENTERED, Move, MoveKind, Step, StepKind
from ivrlint.menus import Menu
from ivrlint.reach import SYSTEM
from ivrlint.rules import Context
from ivrlint.source import Span

CODE = "IVR310"
NAME = "short-timeout"
SEVERITY = Severity.WARNING

_SHORTEST = 100
"""Milliseconds; what is shorter is no wait, but a look whether something was pressed before."""


class Options(NamedTuple):
    """What can be set."""

    floor: int = 5


def check(context: Context) -> Iterator[Violation]:
    """One violation per menu or question."""
    floor = context.options(CODE, Options).floor
    for menu in context.menus.of_kind(StepKind.MENU, StepKind.ASK):
        if context.reach.public.isdisjoint(step.id for step in menu.steps):
            continue
        waits = [_wait(step) for step in menu.steps]
        wait = max((each for each in waits if each is not None), default=0)
        if None in waits or not _SHORTEST <= wait < floor * 1000 or _is_pause(context, menu):
            continue
        yield Violation(
            f"{menu.step.name} waits {wait / 1000:g} s for the first key",
            menu.step.span,
            f"wait at least {floor} s",
            step=menu.step,
            cause=frozenset(move.span for move in menu.of_kind(MoveKind.SILENCE)),
        )


def _wait(step: Step) -> int | None:
    return step.listening.timeout_ms if step.listening else None


def _is_pause(context: Context, menu: Menu) -> bool:
    if context.passes(menu.steps) or (context.menus.listens_on(menu) and not _ends_on_silence(context, menu)):
        return True
    moves = [move for move in menu.moves if move.kind in ENTERED]
    copies = Counter(map(_option, moves))
    offered = Counter(_option(move) for move in moves if _differs(context, move))
    mostly = {option[1] for option, times in offered.items() if 2 * times > copies[option]}
    return mostly <= {"*"}  # alone it is for those who know of it


def _ends_on_silence(context: Context, menu: Menu) -> bool:
    """Are these last words, during which the keys still count?"""
    waits = menu.of_kind(MoveKind.SILENCE)
    landings = dict.fromkeys(context.menus.landing(move.target).id for move in waits)
    after = [move for landing in landings for move in context.moves.out(landing, MoveKind.SILENCE)]
    return bool(after) and all(move.target in context.reach.dropped for move in after)


def _option(move: Move) -> tuple[MoveKind, str, Span]:
    return move.kind, move.keys, move.span


def _differs(context: Context, move: Move) -> bool:
    """Does ``move`` lead elsewhere than silence? A number may matter later on, unless the call just ends."""
    step = context.moves.steps[move.source]
    if move.kind is MoveKind.WRONG and step.listening and move.kind in step.listening.drops:
        return False
    if move.kind in (MoveKind.DIGITS, MoveKind.DIAL) and move.target not in context.reach.dropped:
        return True
    silence = context.moves.out(step.id, MoveKind.SILENCE)
    if move.kind is MoveKind.WRONG and _lands_like(context, move, silence):
        return False
    waited = {place for each in silence for place in _places(context, each.target)}
    return not silence or _places(context, move.target) != waited


def _lands_like(context: Context, move: Move, others: Iterable[Move]) -> bool:
    """Does ``move`` come first to where one of ``others`` does?"""
    steps = context.moves.steps
    return steps[move.target].place in {steps[other.target].place for other in others}


def _places(context: Context, start: str) -> set[str]:
    """Where the call comes to by itself."""
    found = context.moves.beyond([start], lambda move: move.kind in SYSTEM)
    return {context.moves.steps[id_].place for id_ in found}
