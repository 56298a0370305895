"""What is given up of a call where a place is met in too many states to tell them apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ivrlint.explore import NOTHING, Facts
from ivrlint.formats.asterisk.arguments import bracketed, branches, instruction, integer, split
from ivrlint.formats.asterisk.blocks import BLOCKS
from ivrlint.formats.asterisk.dialplan import Priority
from ivrlint.formats.asterisk.machine import Machine
from ivrlint.formats.asterisk.names import DROPPING
from ivrlint.formats.asterisk.outline import CALLS
from ivrlint.formats.asterisk.state import Frame, Place, frames, stack_forgotten
from ivrlint.formats.asterisk.values import digits

MOST_KEPT = 3
"""Return addresses kept where variables are given up."""

_ASKING = re.compile(r"EXTEN|\$\{\w*\$|[FG]\(")
"""The number; a variable whose name is computed; options of Dial that jump."""

_ODD = BLOCKS.keys() | {"random"}
"""They jump without saying where."""

_LAST = frozenset(("goto", "return", "macroexit")) | DROPPING
"""The call does not go on behind these."""


class Forgetting:
    """What is left of what is known in one dialplan."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._general: dict[Place, Place] = {}

    def variables(self, facts: Facts) -> Facts:
        """Only where the call returns to, unless that is nested too deep to keep."""
        stack = frames(facts)
        if not stack:
            return Facts({CALLS: None}) if stack_forgotten(facts) else NOTHING
        if len(stack) > MOST_KEPT:
            return Facts({CALLS: None})
        return Facts({CALLS: tuple(map(self._bare, stack))})

    @staticmethod
    def returns(facts: Facts) -> Facts:
        """Not even where the call returns to."""
        return Facts({CALLS: None}) if CALLS in facts else facts

    def _bare(self, frame: Frame) -> Frame:
        """``frame`` without values of variables, and for any number where the number makes no difference."""
        place = frame.back
        if place not in self._general:
            self._general[place] = self._generalized(place)
        return Frame(frame.macro, self._general[place], tuple((name, None) for name, _ in frame.hidden))

    def _generalized(self, place: Place) -> Place:
        found = self._machine.instruction(place, NOTHING)
        if found is None or found.extension.pattern.literal:
            return place
        name = found.extension.name
        general = place._replace(exten=digits(name[1:]), via=name)
        return general if self._are_alike(place, general) else place

    def _are_alike(self, place: Place, general: Place) -> bool:
        """Does a call that returns to ``place`` do as in ``general`` until it leaves the extension?"""
        found = [place.number + 1]
        for number in found:
            priority = self._machine.instruction(place.at(number), NOTHING)
            if priority is not self._machine.instruction(general.at(number), NOTHING):
                return False
            if priority is None:
                continue
            following = list(self._following(priority, place))
            if None in following or self._tells_number(priority):
                return False
            found += [each for each in following if each is not None and each not in found]
        return True

    def _tells_number(self, priority: Priority) -> bool:
        """Does it depend on ``${EXTEN}``, or may it?"""
        if _ASKING.search(priority.args) or priority.does in _ODD:
            return True
        calls_macro = "macro" in priority.does or "acro(" in priority.args
        return calls_macro and "MACRO_EXTEN" in self._machine.outline.interesting

    def _following(self, priority: Priority, place: Place) -> Iterator[int | None]:
        """Priorities of the same extension that may come next; None: any may, or those of the same number in
        another context.
        """
        if priority.does not in _LAST:
            yield priority.number + 1
        for destination in _destinations(priority.does, priority.args):
            parts = split(bracketed(destination)[0])
            if len(parts) == 1:
                label = integer(parts[0])
                table = self._machine.tables[place.context]
                yield table.labelled(place.exten, parts[0], place.via) if label is None else label
            elif not parts[-2]:
                yield None


def _destinations(app: str, args: str) -> Iterator[str]:
    """What an instruction may jump to, or call by Gosub."""
    if app in ("goto", "gosub"):
        yield args
    elif app in ("gotoif", "gotoiftime", "gosubif"):
        yield from filter(None, branches(args)[1:])
    elif app in ("execif", "execiftime"):
        for each in filter(None, branches(args)[1:]):
            inner, inner_args = instruction(each)
            yield from _destinations(inner.lower(), inner_args)
