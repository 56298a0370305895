"""Names and prompts, before and after."""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.differences.callers import Side
from ivrlint.differences.change import Change, Effect
from ivrlint.differences.matching import Matching
from ivrlint.flow import StepKind

_NAMED = (StepKind.MENU, StepKind.ASK, StepKind.HUMAN)


def names(old: Side, new: Side, matching: Matching) -> Iterator[Change]:
    """Menus and humans that are called otherwise."""
    for one, other in matching.pairs():
        known = other.key in new.stations.reached and other.step.kind in _NAMED
        if known and one.step.name != other.step.name:
            message = f"was called {one.step.name}"
            yield Change(Effect.OTHER, "name", "", other.step.name, message, other.step.span)


def prompts(old: Side, new: Side, matching: Matching) -> Iterator[Change]:
    """What is played otherwise."""
    for one, other in matching.pairs():
        if other.key in new.stations.reached and one.prompts != other.prompts:
            span = other.step.prompts[0].span if other.step.prompts else other.step.span
            texts = one.prompts, other.prompts
            yield Change(Effect.OTHER, "prompt", "", other.step.name, "is played otherwise", span, *texts)
