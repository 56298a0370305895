"""A handler that can never run.

## What it does
Reports what is written for a case that cannot happen: a longer wait beside a shorter one, a wrong key in a
menu that offers every key, an extension `t` or `i` of a dialplan that nothing leads to (after the timeout
of a `WaitExten` the next priority runs, if there is one, not `t`).

## Why is this bad
Somebody believes that callers are looked after in this case.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For an agent, press 0."
  1 "billing" -> billing
  0 "agent"   -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
queue billing "We are connecting you with our billing team."
queue agents "We are connecting you with an agent." {
  max 5m         -> message
  unanswered 10m -> call_back
}
voicemail message "Please leave a message after the tone."
callback call_back "We will call you back today."
```

## Use instead
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For an agent, press 0."
  1 "billing" -> billing
  0 "agent"   -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
queue billing "We are connecting you with our billing team."
queue agents "We are connecting you with an agent." {
  max 5m -> call_back
}
callback call_back "We will call you back today."
```

## Source
Asterisk's source.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import Move, MoveKind, Step, StepKind
from ivrlint.menus import EVERY_KEY, keys_of
from ivrlint.rules import Context

CODE = "IVR208"
NAME = "dead-handler"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Violation]:
    """One violation per handler."""
    for copies in context.places(StepKind.MENU, StepKind.HUMAN, within=context.moves.reached):
        yield from _too_late(copies, context)
        yield from _never_wrong(copies, context)
    reached = {step.place for id_, step in context.moves.steps.items() if id_ in context.moves.linked}
    for step in context.moves.steps.values():
        if "handler" in step.tags and step.place not in reached:
            yield Violation(
                f"{step.name} can never run",
                step.span,
                "delete it, or lead there: after a timeout the next priority runs, if there is one",
                step=step,
            )


def _too_late(copies: list[Step], context: Context) -> Iterator[Violation]:
    overflows = context.moves.out(copies[0].id, MoveKind.OVERFLOW)
    waits = sorted((move for move in overflows if _is_wait(move)), key=lambda move: move.heard.ms)
    for move in waits[1:]:
        if move.heard.ms > waits[0].heard.ms:
            yield Violation(
                f"{move.label} at {copies[0].name} can never happen: callers leave {waits[0].label}",
                move.span,
                "keep the shorter wait",
                step=copies[0],
                related=(("callers leave here", waits[0].span),),
            )


def _is_wait(move: Move) -> bool:
    return move.heard.exact and move.heard.ms > 0


def _never_wrong(copies: list[Step], context: Context) -> Iterator[Violation]:
    for menu in copies:
        drops = menu.listening.drops if menu.listening else ()
        handlers = () if MoveKind.WRONG in drops else context.moves.out(menu.id, MoveKind.WRONG)
        keys = {key for move in context.moves.out(menu.id, MoveKind.KEY) for key in keys_of(move)}
        spoken = context.moves.out(menu.id, MoveKind.SPEECH)
        if handlers and keys >= EVERY_KEY and not spoken:
            yield Violation(
                f"no key can be wrong in {menu.name}: every one is offered",
                handlers[0].span,
                "delete it",
                step=menu,
            )
