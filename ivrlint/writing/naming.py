"""Names for the steps of a flow: as their authors call them, and unique."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ivrlint.flow import Flow, Step, StepKind
from ivrlint.formatting.names import needs_quotes

_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f\s]+")


def names(flow: Flow) -> dict[str, str]:
    """The name of each step that is written, by id. Entries are apart from other steps: they are numbers.

    Copies of one human are one step, as they are one human.
    """
    found: dict[str, str] = {}
    numbers, others = _Taken(" ({})"), _Taken("_{}")
    humans: dict[object, str] = {}
    for step in flow.steps:
        taken = numbers if step.kind is StepKind.ENTRY else others
        if step.kind is StepKind.HUMAN:
            name = humans.get(same_human(step)) or taken.new(step)
            humans[same_human(step)] = name
        else:
            name = taken.new(step)
        found[step.id] = name
    return found


def same_human(step: Step) -> object:
    """What copies of one human share."""
    return step.place, step.name, step.target


def copies(flow: Flow) -> Iterable[Step]:
    """Steps that are a place met before in another state."""
    places: set[str] = set()
    for step in flow.steps:
        if step.place in places and step.kind is not StepKind.HUMAN:
            yield step
        places.add(step.place)


class _Taken:
    """Names given so far; of two that are alike the second gets ``number`` behind it."""

    def __init__(self, number: str) -> None:
        self._number = number
        self._names: set[str] = set()
        self._next: dict[str, int] = {}

    def new(self, step: Step) -> str:
        base = _UNWRITABLE.sub(" ", step.name).strip() or step.kind.value
        number = self._number if not needs_quotes(base) else self._number.replace("_", " ")
        name = base
        while name in self._names:
            self._next[base] = self._next.get(base, 1) + 1
            name = base + number.format(self._next[base])
        self._names.add(name)
        return name
