"""Silence or wrong keys end in a dropped line.

## What it does
Reports menus and questions that cut callers off after silence or wrong keys, however often that is tried
before, although there is a human, a voicemail or a callback that the call could be led to. Where there is
none, that is what is reported (IVR102, IVR104). Where nothing is written at all, IVR202 and IVR203 say so.
Nothing is reported of a menu that tells callers that they may hang up: what they called for is done. Where
they are asked to call again later, or for anything else, silence is an answer; a wrong key is none.

## Why is this bad
Those who cannot cope with the menu are the ones who need a person most.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For an agent, press 0."
  1 "billing" -> billing
  0 "agent"   -> agents
  timeout 5s x2 -> bye
  invalid x3    -> bye
}
queue billing "We are connecting you with our billing team."
queue agents "We are connecting you with an agent."
end bye "Goodbye."
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
queue agents "We are connecting you with an agent."
```

## Source
GetHuman standard 1.0, item 8: do not disconnect for user errors (P). W3C COGA issue paper on voice menus
(P). (P): read in the primary text.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import Move, MoveKind, Step
from ivrlint.handling import deeds
from ivrlint.reach import LISTENING
from ivrlint.rules import Context
from ivrlint.source import Span
from ivrlint.spoken import lets_go, sends_away
from ivrlint.words import plural

CODE = "IVR204"
NAME = "hangs-up-on-error"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Violation]:
    """One violation per handler; menus that share it, and the handlers of one menu, are told together."""
    told: dict[Span, list[tuple[list[Move], Step]]] = {}
    for copies in context.places(*LISTENING, within=context.reach.reached):
        handlers = [move for copy in copies for move in context.handling.cut_off(copy)]
        said = [prompt.text for copy in copies for prompt in copy.prompts]
        if sends_away(said):
            handlers = [move for move in handlers if move.kind is MoveKind.WRONG]
        if handlers and not lets_go(said):
            told.setdefault(handlers[0].span, []).append((handlers, copies[0]))
    for menus in told.values():
        handlers, step = menus[0]
        others = f" (and in {plural(len(menus) - 1, 'other place')})" if len(menus) > 1 else ""
        yield Violation(
            f"callers who {deeds([move.kind for move in handlers], step)} in {step.name}{others} are cut off",
            handlers[0].span,
            "lead them to a person, or to where they can leave a message",
            step=step,
            related=_related(handlers),
        )


def _related(handlers: list[Move]) -> tuple[tuple[str, Span], ...]:
    spans = dict.fromkeys(move.span for move in handlers)
    return tuple(("cut off here, too", span) for span in list(spans)[1:])
