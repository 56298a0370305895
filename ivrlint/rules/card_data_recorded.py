"""Secret digits are typed while the call is recorded.

## What it does
Reports a question for secret digits that a call can get to while it is being recorded. Where it is not
written what is typed, its words tell that it is the number or the code of a card.

## Why is this bad
The tones of the keys are in the recording, and whoever has the recording has the card.

## Example
```ivr
line "+1 800 555 0100" -> notice
say notice "This call is recorded." notice -> start
recording start on -> main
menu main {
  prompt "To pay by card, press 1. For an agent, press 0."
  1 "pay by card" -> card
  0 "agent"       -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
ask card {
  prompt "Please enter the sixteen digits of your card."
  digits 16
  sensitive card
  done          -> paid
  timeout 8s x2 -> agents
  invalid x3    -> agents
}
end paid "Thank you. You have paid."
queue agents "We are connecting you with an agent."
```

## Use instead
```ivr
line "+1 800 555 0100" -> notice
say notice "This call is recorded." notice -> start
recording start on -> main
menu main {
  prompt "To pay by card, press 1. For an agent, press 0."
  1 "pay by card" -> stop
  0 "agent"       -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
recording stop off -> card
ask card {
  prompt "Please enter the sixteen digits of your card."
  digits 16
  sensitive card
  done          -> paid
  timeout 8s x2 -> agents
  invalid x3    -> agents
}
end paid "Thank you. You have paid."
queue agents "We are connecting you with an agent."
```

## Options
- `secrets` (default `["card", "pin", "ssn"]`): what must not be recorded.

## Source
PCI SSC, guidance on protecting telephone-based payment card data, 2018 (S). (S): only in secondary pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ivrlint.finding import Severity, Violation
from ivrlint.flow import Step, StepKind
from ivrlint.rules import Context
from ivrlint.spoken.secrets import ask_for_card

CODE = "IVR601"
NAME = "card-data-recorded"
SEVERITY = Severity.ERROR


class Options(NamedTuple):
    """What can be set."""

    secrets: tuple[str, ...] = ("card", "pin", "ssn")


def check(context: Context) -> Iterator[Violation]:
    """One violation per question."""
    moves = context.moves
    secrets = context.options(CODE, Options).secrets
    begun = [
        step.id for step in moves.steps.values() if "recording-on" in step.tags and step.id in moves.reached
    ]
    recorded = moves.beyond(begun, lambda move: "recording-off" not in moves.steps[move.source].tags)
    for copies in context.places(StepKind.MENU, StepKind.ASK, within=recorded):
        secret = _secret(copies[0])
        if secret in secrets:
            yield Violation(
                f"{copies[0].name} asks for secret digits ({secret}) while the call is recorded",
                copies[0].span,
                "stop recording before it, and begin again after it",
                step=copies[0],
            )


def _secret(step: Step) -> str:
    """What kind of secret is typed at ``step``, as it is written there or said."""
    written = step.listening.sensitive if step.listening else ""
    if written in ("", "data") and step.kind is StepKind.ASK:
        return "card" if ask_for_card(prompt.text for prompt in step.prompts) else written
    return written
