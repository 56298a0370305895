"""A key does not act at once, because a longer number begins with it.

## What it does
Reports keys that are also the beginning of other keys in the same menu ("1" beside "12"), or of extensions
that callers can dial there: the system must wait whether another key follows. It is silent where a key ends
the input at once, unless all words are known and none of them names it.

## Why is this bad
Everybody who presses such a key waits for the digit timeout in silence, and believes that nothing happened.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For sales, press 12. For an agent, press 0."
  1 "billing" -> billing
  12 "sales" -> sales
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
queue billing "Please hold for the billing team."
queue sales "Please hold for the sales team."
queue agents "Please hold for an agent."
```

## Use instead
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For sales, press 2. For an agent, press 0."
  1 "billing" -> billing
  2 "sales" -> sales
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
queue billing "Please hold for the billing team."
queue sales "Please hold for the sales team."
queue agents "Please hold for an agent."
```

## Options
- `extensions` (default `true`): report keys that begin extensions, too; as information, since many owners
accept the wait.

## Source
Asterisk's source (`main/pbx.c`, `main/pbx_builtins.c`): keys are gathered while a longer extension could
match, by default five seconds from key to key (P). (P): read in the primary text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ivrlint.finding import Severity, Violation
from ivrlint.flow import Move, MoveKind, Step
from ivrlint.menus import Menu, keys_of
from ivrlint.rules import Context
from ivrlint.speech import until_named

CODE = "IVR302"
NAME = "ambiguous-keys"
SEVERITY = Severity.WARNING

_MILD = Severity.INFO


class Options(NamedTuple):
    """What can be set."""

    extensions: bool = True


def check(context: Context) -> Iterator[Violation]:
    """One violation per menu and kind of delay."""
    options = context.options(CODE, Options)
    told = set()
    for menu in context.menus.all:
        if _is_ended(menu, context):
            continue
        short = _beginnings(menu)
        dialled = {key: move for key, move in _slow(menu).items() if key not in short}
        for keys, reason, severity in (
            (short, "a longer option begins with it", None),
            (dialled if options.extensions else {}, "an extension that can be dialled begins with it", _MILD),
        ):
            violation = _violation(menu, keys, reason, severity) if keys else None
            if violation and violation.span not in told:
                told.add(violation.span)
                yield violation


def _is_ended(menu: Menu, context: Context) -> bool:
    """May callers have been told the key that ends a short input? Then nobody has to wait."""
    key = menu.step.listening.terminator if menu.step.listening else ""
    told = context.menus.announcements(menu) if key else []
    return any(not each.complete or key in each.reading.mentioned for each in told)


def _beginnings(menu: Menu) -> dict[str, Move]:
    """Keys with which the keys of another option begin."""
    options = menu.options
    longer = [key for key in options if len(key) > 1]
    return {
        key: moves[0]
        for key, moves in (options.items() if longer else ())
        if any(other != key and other.startswith(key) for other in longer)
    }


def _slow(menu: Menu) -> dict[str, Move]:
    """Keys after which callers wait for the digit timeout because they may be dialling."""
    steps = {step.id: step for step in menu.steps}
    if not menu.of_kind(MoveKind.DIAL):
        return {}
    slow = [move for move in menu.of_kind(MoveKind.KEY) if _waits(steps[move.source], move)]
    return {key: move for move in slow for key in keys_of(move)}


def _waits(step: Step, move: Move) -> bool:
    """Is the digit timeout part of the time that ``move`` takes?"""
    pause = step.listening.pause_ms if step.listening else None
    if not pause:
        return False
    heard = until_named(step.prompts, move.keys)
    return move.heard == heard._replace(ms=heard.ms + pause)


def _violation(menu: Menu, keys: dict[str, Move], reason: str, severity: Severity | None) -> Violation:
    pause = menu.step.listening.pause_ms if menu.step.listening else None
    wait = f"for {pause / 1000:g} s" if pause else "for the digit timeout"
    listed = ", ".join(keys)
    each = f"key {listed}" if len(keys) == 1 else f"each of the keys {listed}"
    return Violation(
        f"in {menu.step.name} {each} waits {wait}: {reason}",
        next(iter(keys.values())).span,
        "let no option be the beginning of another number, or shorten the digit timeout",
        step=menu.step,
        severity=severity,
    )
