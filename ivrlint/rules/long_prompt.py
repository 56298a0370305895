"""A prompt goes on for too long.

## What it does
Reports announcements, menus and questions that speak for more than `most` seconds on end. Where a length is
neither declared nor measured, it is the number of words at `words-per-minute`.

## Why is this bad
Nobody listens for so long. Callers press something, or hang up.

## Example
```ivr
line "+1 800 555 0100" -> welcome
say welcome "Thank you for calling Acme Energy. Your call is important to us." 45s -> agents
queue agents "Please hold for an agent."
```

## Use instead
```ivr
line "+1 800 555 0100" -> welcome
say welcome "Thank you for calling Acme Energy." 3s -> agents
queue agents "Please hold for an agent."
```

## Options
- `most` (default 30): seconds.

## Source
This project: no authority was found, so this is a declared default.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ivrlint.finding import Severity, Violation
from ivrlint.flow import Prompt, StepKind
from ivrlint.rules import Context
from ivrlint.speech import whole

CODE = "IVR405"
NAME = "long-prompt"
SEVERITY = Severity.INFO


class Options(NamedTuple):
    """What can be set."""

    most: int = 30


def check(context: Context) -> Iterator[Violation]:
    """One violation per step."""
    most = context.options(CODE, Options).most
    told = set()
    for menu in context.menus.of_kind(StepKind.SAY, StepKind.MENU, StepKind.ASK):
        step = max(menu.steps, key=lambda each: _ms(context, each.prompts))
        ms = _ms(context, step.prompts)
        if ms > most * 1000 and step.span not in told:
            told.add(step.span)
            least = "" if whole(step.prompts).exact else "at least "
            yield Violation(
                f"{step.name} plays for {least}{round(ms / 1000)} s (limit {most} s)",
                step.span,
                "say less, or let callers choose sooner",
                step=step,
            )


def _ms(context: Context, prompts: tuple[Prompt, ...]) -> int:
    """Pauses that stand alone are no speech."""
    speaking = any(prompt.text or prompt.audio or not prompt.duration.exact for prompt in prompts)
    return whole(prompts).milliseconds(context.settings.words_per_minute) if speaking else 0
