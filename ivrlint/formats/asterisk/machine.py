"""The Asterisk that is followed: what is known at a place, and where jumps lead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from typing import cast

from ivrlint.explore import NOTHING, Facts
from ivrlint.flow import ProblemKind
from ivrlint.formats.asterisk.arguments import integer, split
from ivrlint.formats.asterisk.computed import RARE, STATUSES, fitting, is_written, may_fit_nothing
from ivrlint.formats.asterisk.dialplan import Dialplan, Priority
from ivrlint.formats.asterisk.expressions import filled
from ivrlint.formats.asterisk.here import Here
from ivrlint.formats.asterisk.keypad import Keypad, asks
from ivrlint.formats.asterisk.lookup import Table, Tables
from ivrlint.formats.asterisk.outline import CALLS, Outline
from ivrlint.formats.asterisk.patterns import written
from ivrlint.formats.asterisk.state import (
    MOST_CALLS,
    Frame,
    Nowhere,
    Onward,
    Place,
    Way,
    assign,
    frames,
    in_macro,
    outside_macro,
    popped,
    stack_forgotten,
    text,
)
from ivrlint.formats.asterisk.values import digits, is_known, is_unknown, shown
from ivrlint.source import Span

CLOSED = "#closed"
OPEN = "#open"
"""Names under which times of includes are known not to hold, or to hold."""

Values = Set[tuple[str, str]]
"""Variables and what they hold."""


class Machine:
    """One dialplan, ready to run."""

    def __init__(self, dialplan: Dialplan) -> None:
        self.dialplan = dialplan
        self.tables = Tables(dialplan)  # all includes hold
        self._partly: dict[frozenset[str], Tables] = {}
        self.outline = Outline(dialplan)
        self._keypads: dict[int, Keypad] = {}
        self._instructions: dict[Place, Priority | None] = {}
        self._jumps: dict[tuple[Place, str], Place] = {}  # that depend on nothing else
        self.reported = {(problem.kind, problem.span) for problem in dialplan.problems}
        self.maybe: set[str] = set()  # contexts that an unresolved jump may lead into

    @property
    def keypads(self) -> Iterable[Keypad]:
        """All that have been made."""
        return self._keypads.values()

    def table(self, context: str, facts: Facts) -> Table:
        """What can be called in ``context``."""
        return self._tables(facts)[context]

    def _tables(self, facts: Facts) -> Tables:
        if facts is NOTHING or CLOSED not in facts:
            return self.tables
        closed = cast("frozenset[str]", facts[CLOSED])
        if closed not in self._partly:
            self._partly[closed] = Tables(self.dialplan, closed)
        return self._partly[closed]

    def keypad(self, context: str, facts: Facts) -> Keypad:
        """What keys do in ``context``."""
        table = self.table(context, facts)
        if id(table) not in self._keypads:
            self._keypads[id(table)] = Keypad(table)
        return self._keypads[id(table)]

    def instruction(self, place: Place, facts: Facts) -> Priority | None:
        """What is written at ``place``."""
        if not (facts is NOTHING or CLOSED not in facts):
            return self._tables(facts)[place.context].instruction(place.exten, place.number, place.via)
        if place not in self._instructions:
            table = self.tables[place.context]
            self._instructions[place] = table.instruction(place.exten, place.number, place.via)
        return self._instructions[place]

    def report(self, kind: ProblemKind, message: str, span: Span, hint: str = "") -> None:
        """Note a problem, once per kind and place."""
        if (kind, span) not in self.reported:
            self.reported.add((kind, span))
            self.dialplan.report(kind, message, span, hint)

    # --- where a call goes on

    def after(self, place: Place, facts: Facts, span: Span, number: int | None = None) -> Onward:
        """The priority after ``place`` (or ``number``); what happens if there is none."""
        there = place.at(place.number + 1 if number is None else number)
        if self.instruction(there, facts) is not None:
            return Onward(there, facts)
        if in_macro(place.context, facts):
            return self.left_macro(frames(facts), facts, span)
        if stack_forgotten(facts) and place.context.startswith("macro-"):
            return Onward(Nowhere("where this macro returns to is not known", place.name, span, True), facts)
        if not self.dialplan.falls_through and self._asks(place, facts):
            return Onward(there._replace(doing="WaitExten()"), facts)
        return Onward(Nowhere("no priority is left: Asterisk hangs up", place.name, span), facts)

    def _asks(self, place: Place, facts: Facts) -> bool:
        if place.context.startswith("macro-"):
            return True
        table = self.table(place.context, facts)
        return asks(table, self.keypad(place.context, facts), table.matching(place.exten, place.via))

    def left_macro(self, stack: tuple[Frame, ...], facts: Facts, span: Span) -> Onward:
        """After the last priority of a macro."""
        return self.after(stack[0].back, popped(stack, facts), span)

    def returned(self, value: str, facts: Facts, span: Span, place: Place) -> Onward:
        """After ``Return(value)``."""
        if stack_forgotten(facts):
            self.maybe |= self.outline.calling
            return Onward(Nowhere("where this returns to is not known", place.name, span, True), facts)
        stack = frames(facts)
        while stack and stack[0].macro:
            stack = stack[1:]
        if not stack:
            return Onward(
                Nowhere("there is nothing to return to: Asterisk hangs up", place.name, span), facts
            )
        facts = assign(popped(stack, facts), "GOSUB_RETVAL", None if is_unknown(value) else value)
        return self.after(stack[0].back, facts, span)

    def invalid(self, context: str, facts: Facts, why: str, span: Span) -> Onward:
        """What a wrong key, or a jump to an extension that is not there, does."""
        for name in ("i", "e"):
            if self.table(context, facts).instruction(name, 1) is not None:
                return Onward(Place(context, name, 1), facts)
        return Onward(Nowhere(f"{why}: Asterisk hangs up", f"{context},i", span), facts)

    def timed_out(self, place: Place, context: str, facts: Facts, span: Span) -> Onward:
        """What silence does where no priority follows."""
        for name in ("t", "e"):
            if self.table(context, facts).instruction(name, 1) is not None:
                return Onward(Place(context, name, 1), facts)
        return Onward(
            Nowhere("nothing was pressed, and there is no `t`: Asterisk hangs up", f"{context},t", span),
            facts,
        )

    def goto(
        self, place: Place, facts: Facts, destination: str, span: Span, ruled_out: Values = frozenset()
    ) -> list[Way]:
        """Where ``Goto(destination)`` leads: one way, or several if that depends on what is not known."""
        ways = self.led(place, facts, destination, span, ruled_out)
        return [outside_macro(way, place) for way in ways] if place.context.startswith("macro-") else ways

    def led(
        self, place: Place, facts: Facts, destination: str, span: Span, ruled_out: Values = frozenset()
    ) -> list[Way]:
        """The same, but without leaving the macro that the call is in."""
        always = self._jumps.get((place, destination))
        if always is not None and CLOSED not in facts:
            return [Way("", Onward(always, facts))]
        ways = self._ways(place, facts, destination, span, ruled_out)
        if _is_plain(place, facts, ways):
            self._jumps[place, destination] = cast("Place", ways[0].onward.place)
        return ways

    def _ways(self, place: Place, facts: Facts, destination: str, span: Span, ruled_out: Values) -> list[Way]:
        parts = split(destination)[:3]
        number = parts[-1]
        exten = parts[-2] if len(parts) > 1 else ""
        context = (parts[0] if len(parts) > 2 else "") or place.context
        if is_unknown(destination) and (is_unknown(context) or is_unknown(number)):
            return self._any_of(place, facts, destination, span, ruled_out)
        if context not in self.dialplan.contexts:
            return [Way("", self._no_context(context, place, facts, span))]
        exten = exten or place.exten  # left out: the one that the call is in
        if exten == place.exten and context == place.context:
            return [Way("", self._numbered(place, context, exten, place.via, number, facts, span))]
        if is_known(exten):
            return [Way("", self._numbered(place, context, exten, "", number, facts, span))]
        written = shown(exten)  # an extension's name may be computed in the same words
        if is_unknown(exten) and (written, "") in self.dialplan.contexts[context].extensions:
            return [Way("", self._numbered(place, context, written, "", number, facts, span))]
        if is_unknown(exten):
            return self._any_of(place, facts, destination, span, ruled_out)
        return self._pattern(place, context, exten, number, facts, span)

    def _numbered(
        self, place: Place, context: str, exten: str, via: str, number: str, facts: Facts, span: Span
    ) -> Onward:
        wanted = integer(number.lstrip("+-"))
        if wanted is None:
            table = self.table(context, facts)
            wanted = table.labelled(exten, number, via)
            if wanted is None and self._may_lack(table) and not table.matching(exten, via):
                return self._no_extension(context, exten, place, facts, span)
        elif number[:1] in ("+", "-"):
            wanted = place.number + (wanted if number[0] == "+" else -wanted)
        if wanted is None:
            reason = f"there is no label `{shown(number)}` in {context},{shown(exten)}"
            return self.undefined(reason, place, facts, span)
        there = Place(context, exten, wanted, via)
        if self.instruction(there, facts) is not None:
            return Onward(there, facts)
        if self.instruction(there.at(1), facts) is not None:
            if in_macro(context, facts):
                return self.left_macro(frames(facts), facts, span)
            reason = f"there is no priority {wanted} in {context},{shown(exten)}"
            return self.undefined(reason, place, facts, span)
        return self._no_extension(context, exten, place, facts, span)

    def _may_lack(self, table: Table) -> bool:
        """May there be extensions that no file tells of?"""
        return bool(table.switches) or (bool(table.missing) and self.dialplan.incomplete)

    def _no_extension(self, context: str, exten: str, place: Place, facts: Facts, span: Span) -> Onward:
        """A macro that jumps to what its own context lacks is over; else it is a wrong number."""
        table, stack, macro = self.table(context, facts), frames(facts), in_macro(context, facts)
        if self._may_lack(table):
            caller = self.instruction(stack[0].back, facts) if macro else None
            self.maybe.update([caller.extension.node.context] if caller else ())
            reason = f"`{shown(exten)}` of {context} may be in a place that no file tells of"
            return Onward(Nowhere(reason, place.name, span, True), facts)
        if macro:
            return self.left_macro(stack, facts, span)
        onward = self.invalid(context, facts, f"there is no extension `{shown(exten)}` in {context}", span)
        if isinstance(onward.place, Nowhere):
            return self.undefined(f"there is no extension `{shown(exten)}` in {context}", place, facts, span)
        return onward

    def _no_context(self, context: str, place: Place, facts: Facts, span: Span) -> Onward:
        if self.dialplan.incomplete:
            reason = f"context `{shown(context)}` is in none of the files given"
            return Onward(Nowhere(reason, place.name, span, True), facts)
        return self.undefined(f"there is no context `{shown(context)}`", place, facts, span)

    def undefined(self, reason: str, place: Place, facts: Facts, span: Span) -> Onward:
        """What is not there ends the call, which is told."""
        self.report(ProblemKind.UNDEFINED_TARGET, f"{reason}: the call is dropped", span)
        return Onward(Nowhere(f"{reason}: Asterisk hangs up", place.name, span), facts)

    def _any_of(
        self, place: Place, facts: Facts, destination: str, span: Span, ruled_out: Values
    ) -> list[Way]:
        """A computed jump: every value of a status that is not ``ruled_out``, or unknown."""
        for name, values in STATUSES.items():
            hole = f"${{{name}}}"
            if hole in destination:
                ways: list[Way] = []
                for value in values:
                    filled = destination.replace(f"\x01{hole}\x02", value)
                    idle = value in RARE and not is_written(self._tables(facts), place, filled)
                    if not (is_unknown(filled) or idle or (name, value) in ruled_out):
                        found = self.led(place, assign(facts, name, value), filled, span)
                        ways += [Way(f"{name} = {value}", way.onward) for way in found]
                if ways:
                    return ways
        context = split(destination)[0] if destination.count(",") > 1 else place.context
        ways, sure = [], False
        if context in self.dialplan.contexts:
            ways, sure = self._fitting(place, facts, context, destination, span)
        if ways and sure:
            return ways
        self.maybe.add("*" if is_unknown(context) else context)
        reason = f"where `{shown(destination)}` leads is computed"
        return [
            *ways,
            Way("elsewhere" if ways else "", Onward(Nowhere(reason, place.name, span, True), facts)),
        ]

    def _fitting(
        self, place: Place, facts: Facts, context: str, destination: str, span: Span
    ) -> tuple[list[Way], bool]:
        """To all that a jump computed in part may come to, as far as it can be listed. Is that all?"""
        *_, exten, number = ("", *split(destination)[:3])
        table = self.table(context, facts)
        found = fitting(table, place, exten, number)
        ways = []
        for name, priority in found.places:
            label = name if found.number else priority
            there = self.led(place, facts, f"{context},{name},{priority}", span)
            ways += [Way(label, way.onward) for way in there]
        if ways and found.number and any(table.instruction(name, 1) for name in ("i", "e")):
            ways.append(Way("others", self.invalid(context, facts, "", span), usual=False))
        return ways, found.all and not self._may_lack(table)

    def _pattern(
        self, place: Place, context: str, exten: str, number: str, facts: Facts, span: Span
    ) -> list[Way]:
        """A jump to digits that are known only by a pattern: to whichever extensions they may be."""
        ways = []
        wanted = integer(number) or 1
        for extension, both in self.table(context, facts).possible(exten, wanted):
            if extension.pattern.literal:
                value, via = extension.name, ""
            else:
                value, via = digits(written(both.positions, both.tail)), extension.name
            known = assign(facts, "EXTEN", None)
            onward = self._numbered(place, context, value, via, number, known, span)
            ways.append(Way(extension.name, onward))
        if may_fit_nothing(self.table(context, facts), exten, wanted):
            ways.append(Way("other numbers", self.invalid(context, facts, "", span), usual=False))
        if not ways:
            ways.append(Way("", self._no_extension(context, exten, place, facts, span)))
        return ways

    # --- what is known

    def expand(self, source: str, place: Place, facts: Facts) -> str:
        """``source`` with its expressions filled in."""
        return (
            filled(source, Here(self.dialplan, self.outline, self.table, place, facts))
            if "$" in source
            else source
        )

    def entered(self, place: Place, facts: Facts, macro: str, there: Place, args: Sequence[str]) -> Onward:
        """Into a Gosub or (``macro`` is its context) a Macro."""
        stack = frames(facts)
        if len(stack) >= MOST_CALLS:
            found = self.instruction(place, facts)
            assert found is not None
            reason = f"calls are nested more than {MOST_CALLS} deep"
            return Onward(Nowhere(reason, place.name, found.span, True), facts)
        named = [(f"ARG{index}", value) for index, value in enumerate(args, 1)]
        named.append(("ARGC", str(len(args))))
        if macro:
            named += [("MACRO_EXTEN", place.exten), ("MACRO_CONTEXT", place.context)]
        old = [name for name in facts if name.startswith("ARG") and name[3:].isdigit()]
        hidden = tuple((name, text(facts, name)) for name in dict.fromkeys((*old, *(n for n, _ in named))))
        for name in old:
            facts = facts.forget(name)
        for name, value in named:
            facts = assign(facts, name, None if is_unknown(value) else value)
        return Onward(there, facts.learn(CALLS, (Frame(macro, place, hidden), *stack)))


def _is_plain(place: Place, facts: Facts, ways: list[Way]) -> bool:
    """Does a jump from ``place`` lead to the same place whatever is known, and tells nothing new?"""
    there, known = ways[0].onward
    if len(ways) > 1 or ways[0].label or known is not facts or isinstance(there, Nowhere):
        return False
    return not (CLOSED in facts or place.context.startswith("macro-") or there.context.startswith("macro-"))
