"""The key is named before what it is for.

## What it does
Reports menus that say "press 1 for billing" instead of "for billing, press 1". "Press 1 for yes" is left
alone: the question has named the action before.

## Why is this bad
Callers listen for what they want, and only then for the key: by the time they know that the option is theirs,
the key has gone by.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "Press 1 for billing. Press 0 for an agent."
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
  prompt "For billing, press 1. For an agent, press 0."
  1 "billing" -> billing
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
queue billing "Please hold for the billing team."
queue agents "Please hold for an agent."
```

## Source
W3C COGA: name the action before the key (P). (P): read in the primary text.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import Prompt
from ivrlint.menus import Menu
from ivrlint.rules import Context
from ivrlint.spoken import Instruction, Order

CODE = "IVR404"
NAME = "key-before-action"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Violation]:
    """One violation per menu."""
    told = set()
    for menu in context.menus.all:
        options = menu.options
        if len(options) < 2:
            continue
        found = [(each, prompt) for each, prompt in _key_first(context, menu) if each.key in options]
        if not found or found[0][1].span in told:
            continue
        told.add(found[0][1].span)
        keys = list(dict.fromkeys(each.key for each, _ in found))
        first, prompt = found[0]
        yield Violation(
            f"{menu.step.name} names {'key' if len(keys) == 1 else 'keys'} {', '.join(keys)} "
            f'before what {"it is" if len(keys) == 1 else "they are"} for ("{first.key} {first.action}")',
            prompt.span,
            f'name the action first: "{first.action}, ... {first.key}"',
            step=menu.step,
        )


def _key_first(context: Context, menu: Menu) -> Iterator[tuple[Instruction, Prompt]]:
    for announcement in context.menus.announcements(menu):
        for each in announcement.reading.instructions:
            if each.order is Order.KEY_FIRST and not each.answers:
                yield each, announcement.prompts[each.prompt]
