"""Names and prompts, before and after."""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.changes.callers import Side, called
from ivrlint.changes.change import Change, Effect
from ivrlint.changes.matching import Matching
from ivrlint.flow import StepKind

_NAMED = (StepKind.MENU, StepKind.ASK, StepKind.HUMAN)


def compare(old: Side, new: Side, matching: Matching) -> Iterator[Change]:
    """Menus and humans that are called otherwise, and what is played otherwise."""
    for one, other in matching.pairs():
        if other.key not in new.stations.reached:
            continue
        if one.step.name != other.step.name and other.step.kind in _NAMED:
            message = f"was called {one.step.name}"
            yield Change(Effect.OTHER, "name", "", other.step.name, message, other.step.span)
        if one.prompts != other.prompts:
            message = "is played otherwise"
            span = other.step.prompts[0].span if other.step.prompts else other.step.span
            texts = one.prompts, other.prompts
            yield Change(Effect.OTHER, "prompt", "", called(one, other), message, span, *texts)
