"""The prompt names a key that is not there.

## What it does
Reads what is said before the keys of a menu ("press 4", "marque cero", "drücken Sie die Raute"), also in the
announcements that lead into it, and reports keys that the menu does not offer. Nothing is said where a number
may be typed, or where the one key that is missing leads on like every key that is not offered.

## Why is this bad
Callers do as they are told, and hear that it was wrong.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For sales, press 2. For an agent, press 0."
  1 "billing" -> billing
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
queue billing "Please hold for the billing team."
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

## Source
The customer-service writers this tool follows: don't make promises you can't keep.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import MoveKind, Prompt, StepKind
from ivrlint.menus import Menu
from ivrlint.rules import Context

CODE = "IVR401"
NAME = "promised-key-missing"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Violation]:
    """One violation per key that is named and not there, by however many menus one prompt is played."""
    told = set()
    for menu in context.menus.all:
        if not menu.of_kind(MoveKind.KEY):
            continue
        missing = _missing(context, menu)
        if len(missing) == 1 and _goes_on_anyway(context, menu):
            continue
        for key, (action, prompt) in missing.items():
            if (key, prompt.span) in told:
                continue
            told.add((key, prompt.span))
            purpose = f' ("{action}")' if action else ""
            yield Violation(
                f"{menu.step.name} says to press {key}{purpose}, but there is no {key}",
                prompt.span,
                f"add an option {key}, or take it out of the prompt",
                step=menu.step,
                related=(("the menu itself", menu.step.span),) if prompt not in menu.step.prompts else (),
            )


def _missing(context: Context, menu: Menu) -> dict[str, tuple[str, Prompt]]:
    """Keys that are named and not offered, with what they are said to do and the prompt that says so."""
    options = menu.options
    listening = menu.step.listening
    found: dict[str, tuple[str, Prompt]] = {}
    for announcement in context.menus.announcements(menu):
        for each in announcement.reading.instructions:
            ends_input = bool(listening and listening.terminator == each.key)
            if each.key not in options and not ends_input and not menu.may_take(each.key):
                found.setdefault(each.key, (each.action, announcement.prompts[each.prompt]))
    return found


def _goes_on_anyway(context: Context, menu: Menu) -> bool:
    """Does the first key that is not offered lead on, as if it were an option?"""
    return any(
        move.attempts == 1
        and not context.menus.comes_back(move, menu.step.place)
        and context.menus.landing(move.target).kind is not StepKind.END
        for move in menu.of_kind(MoveKind.WRONG)
    )
