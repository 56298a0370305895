"""A menu in which there is nothing to choose.

## What it does
Reports a menu with one option, in which silence and wrong keys lead nowhere else: they repeat it, or end at
the same place, or drop the call. Where waiting is a choice too ("press 1, or hold for an agent", "press 1, or
hang up", "call again later, or press 1", "if you wish, press 1"), nothing is said, nor where any key cuts an
announcement short.

A layer that a broader parent could absorb is not reported: menus that choose a language, ask to confirm or
belong to another department look the same on the graph, and whether two lists read well as one is in their
words.

## Why is this bad
It costs every caller a keypress and a prompt, and gives nothing in return.

## Example
```ivr
line "+1 800 555 0100" -> gate
menu gate {
  prompt "To speak with us, press 0."
  0 "speak with us" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
queue agents "Please hold for an agent."
```

## Use instead
```ivr
line "+1 800 555 0100" -> agents
queue agents "Please hold for an agent."
```

## Source
Experiments favour broad menus over deep ones (Virzi and Huitema 1997, abstract read, P): a layer must earn
its keypress. (P): read in the primary text.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import CHOICES, Move, MoveKind, StepKind
from ivrlint.menus import Menu, how_many, keys_of
from ivrlint.rules import Context
from ivrlint.spoken import leaves_open, lets_go, sends_away

CODE = "IVR306"
NAME = "pointless-menu"
SEVERITY = Severity.INFO

_MANY = 3
"""So many keys that only lead back are written to be passed over."""

_ANY = 8
"""Of so many keys to one place (`N` of a dialplan has the fewest) it is no matter which is pressed."""


def check(context: Context) -> Iterator[Violation]:
    """One violation per menu."""
    for menu in context.menus.all:
        options = _only_key(menu)
        if options and not _is_meant(context, menu, options):
            onward = context.moves.steps[options[0].target]
            yield Violation(
                f"{menu.step.name} has one option only",
                menu.step.span,
                f"lead to {onward.name} without asking",
                step=menu.step,
            )


def _only_key(menu: Menu) -> list[Move]:
    """Where the one key leads that ``menu`` offers; nothing if it offers others, or a number."""
    options = menu.of_kind(*CHOICES, MoveKind.DIAL)
    alone = len({move.keys for move in options}) == 1
    return options if alone and all(move.kind is MoveKind.KEY for move in options) else []


def _is_meant(context: Context, menu: Menu, options: list[Move]) -> bool:
    """Is there another choice than the key of ``options``, or a reason to wait for it?"""
    if context.passes(menu.steps):
        return True  # what waits for that key is another menu
    if any(how_many(context.menus.ignored(step)) >= _MANY for step in menu.steps):
        return True  # something goes on, a recording say, until that key is pressed
    if all(_skips(context, menu, move) for move in options):
        return True  # an announcement that any key cuts short, or plays again
    said = [prompt.text for step in menu.steps for prompt in step.prompts]
    if lets_go(said) or sends_away(said) or leaves_open(said):
        return True  # to hang up, or not to press it, is the other choice
    if context.moves.steps[options[0].target].kind is StepKind.END:
        return True  # nowhere: that is said by other rules
    return not all(_is_no_choice(context, menu, move) for move in menu.moves)


def _is_no_choice(context: Context, menu: Menu, move: Move) -> bool:
    """Does ``move`` lead back, to where the option leads, or out of the call without a word?"""
    if move.kind is MoveKind.ERROR or context.menus.comes_back(move, menu.step.place):
        return True
    options = [each for each in menu.of_kind(MoveKind.KEY) if each.source == move.source]
    dropped = context.moves.steps[move.target].kind is StepKind.END
    return dropped or all(move.target == each.target for each in options)


def _skips(context: Context, menu: Menu, option: Move) -> bool:
    """Does any key do what silence does, or lead straight back?"""
    silence = {move.target for move in menu.of_kind(MoveKind.SILENCE) if move.source == option.source}
    back = context.moves.steps[option.target].place == menu.step.place
    return len(keys_of(option)) >= _ANY and (back or option.target in silence)
