"""Where a call is: places, return addresses, and what one instruction sees of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias, cast

from ivrlint.explore import NOTHING, Facts, State
from ivrlint.flow import AT_ONCE, Duration
from ivrlint.formats.asterisk.outline import CALLS
from ivrlint.formats.asterisk.values import shown
from ivrlint.source import Span

_OWN = re.compile(r"#|TIMEOUT\(|ARG(?:C|\d+)$|MACRO_")
"""Names that no program sets."""

MOST_CALLS = 8
"""Gosub and Macro inside one another that are followed; deeper ones (recursion) become unknown."""


class Place(NamedTuple):
    """A priority of an extension as a call meets it.

    ``context`` and ``exten`` are the channel's; ``via`` is the extension that matched, where ``exten`` is
    known only by its pattern. ``doing`` is an instruction run in place of the one written there (the one
    inside ``ExecIf``).
    """

    context: str
    exten: str
    number: int
    via: str = ""
    doing: str = ""

    def at(self, number: int) -> Place:
        """Another priority of the same extension."""
        return Place(self.context, self.exten, number, self.via)

    @property
    def name(self) -> str:
        """As a person would write it."""
        doing = f" {self.doing}" if self.doing else ""
        return f"{self.context},{self.via or shown(self.exten)},{self.number}{doing}"


class Nowhere(NamedTuple):
    """No instruction: the call is dropped (``unknown``: or cannot be followed), and why.

    ``back`` is the instruction that called what is not known; the call may go on behind it.
    """

    reason: str
    origin: str
    span: Span
    unknown: bool = False
    back: Place | None = None


Target: TypeAlias = Place | Nowhere


class Frame(NamedTuple):
    """Where a Gosub or a Macro returns to, and the variables it hid."""

    macro: str  # the macro's context; "" for Gosub
    back: Place
    hidden: tuple[tuple[str, str | None], ...]


class Onward(State[Target]):
    """Where a call goes on, and what is known there."""

    __slots__ = ()


@dataclass(slots=True, eq=False)
class Way:
    """One outcome of a decision of the system."""

    label: str
    onward: Onward
    usual: bool = True


class Passed:
    """A stretch of instructions that no caller notices, from a place on that other calls may come to."""

    __slots__ = ("begun", "last", "silent", "waited")

    def __init__(self, begun: State[Target]) -> None:
        self.begun = self.last = begun
        self.waited = AT_ONCE
        self.silent = 0

    def add(self, state: State[Target], waited: Duration) -> None:
        """One more of them."""
        self.last = state
        self.waited = self.waited.plus(waited)
        self.silent += 1


def frames(facts: Facts) -> tuple[Frame, ...]:
    """Return addresses, innermost first."""
    if facts is NOTHING or CALLS not in facts:
        return ()
    return cast("tuple[Frame, ...]", facts[CALLS] or ())


def stack_forgotten(facts: Facts) -> bool:
    """Have the return addresses been given up?"""
    return CALLS in facts and facts[CALLS] is None


def text(facts: Facts, name: str) -> str | None:
    """The value of a variable; None if not known."""
    return cast("str | None", facts[name]) if name in facts else None


def assign(facts: Facts, name: str, value: str | None) -> Facts:
    """``facts`` with a variable set; None: to something unknown."""
    if value is None or len(value) > 200:
        return facts.forget(name)
    return facts.learn(name, value)


def without_variables(facts: Facts) -> Facts:
    """What is known after something that no file tells of has had the call: it may have set any variable.
    What a routine was called with, how long it listens, and where it returns to are the dialplan's own.
    """
    return facts.keep([name for name in facts if _OWN.match(name)])


def popped(stack: tuple[Frame, ...], facts: Facts) -> Facts:
    """What is known after the innermost call of ``stack`` has returned."""
    for name, value in stack[0].hidden:
        facts = assign(facts, name, value)
    return facts.learn(CALLS, stack[1:]) if stack[1:] else facts.forget(CALLS)


def made_local(facts: Facts, name: str) -> Facts | None:
    """``facts`` in which the innermost Gosub gives ``name`` its value back; None outside of one."""
    stack = frames(facts)
    for number, frame in enumerate(stack):
        if not frame.macro:
            if name in dict(frame.hidden):
                return facts
            hidden = (*frame.hidden, (name, text(facts, name)))
            return facts.learn(CALLS, (*stack[:number], frame._replace(hidden=hidden), *stack[number + 1 :]))
    return None


def without_call(facts: Facts) -> Facts:
    """``facts`` after the innermost Gosub, not a Macro, has been forgotten, with its variables."""
    stack = frames(facts)
    for number, frame in enumerate(stack):
        if not frame.macro:
            return popped((frame, *stack[:number], *stack[number + 1 :]), facts)
    return facts


def in_macro(context: str, facts: Facts) -> bool:
    """Is ``context`` that of the macro which the call is in?"""
    stack = frames(facts)
    return bool(stack) and stack[0].macro == context


def outside_macro(way: Way, place: Place) -> Way:
    """``way``, a jump from ``place``: one out of a macro's context leaves the macro."""
    there, facts = way.onward
    if isinstance(there, Nowhere) or there.context == place.context or not in_macro(place.context, facts):
        return way
    return Way(way.label, Onward(there, popped(frames(facts), facts)), way.usual)
