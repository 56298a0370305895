"""Where the arrows of a step lead, given what is known along the call."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias, cast

from ivrlint.explore import Explorer, Facts, State
from ivrlint.flow import ProblemKind, Step, StepKind
from ivrlint.formats.ivr.declarations import Declaration, Goto, Name
from ivrlint.formats.ivr.scope import Scope
from ivrlint.source import Source, Span

MOST_CALLS = 8
"""Calls with ``then`` inside one another that are remembered; of more (recursion) the outer ones are not."""

FORGOTTEN = "forgotten"
"""In place of ``calls`` or ``trail``: they are not known (any more)."""


Reason: TypeAlias = Literal["hangup", "undefined", "uncalled", "untold", "forgotten"]


class Nowhere(NamedTuple):
    """A place that no statement declares, and why the call is there."""

    reason: Reason
    name: str
    span: Span


class Frame(NamedTuple):
    """Where a ``return`` leads: a destination and the step it was written in (for ``repeat``)."""

    last: Name
    action: bool
    origin: str


OUTER = Frame(Name(FORGOTTEN, Source("", "").span(0, 0)), True, "")
"""In place of the outer calls: a ``return`` there may lead to whatever stands behind a ``then``."""

Place: TypeAlias = str | Nowhere
Calls: TypeAlias = tuple[Frame, ...]
Trail: TypeAlias = tuple[tuple[str, Calls | str], ...]


def frames(goto: Goto, origin: str) -> Calls:
    """What ``goto`` pushes, the next to be returned to first."""
    if not goto.calls:
        return ()
    then = [Frame(name, False, origin) for name in goto.calls[1:]]
    return (*then, Frame(goto.last, goto.action, origin))


class Arrows:
    """The arrows of one step in one state; following one is visiting the state it leads to."""

    def __init__(
        self, step: Declaration, state: State[Place], explorer: Explorer[Place], scope: Scope
    ) -> None:
        self._step = step
        self._place = cast(str, state.place)
        self._facts = state.facts
        self._explorer = explorer
        self._scope = scope

    def target(self, goto: Goto, facts: Facts | None = None) -> str:
        """Id of the step that ``goto`` leads to from here."""
        facts = self._after(self._facts if facts is None else facts)
        if not goto.calls:
            return self._arrive(Frame(goto.last, goto.action, self._place), facts)
        calls = self._outer(goto, facts)
        facts = _with(facts, "calls", (*frames(goto, self._place), *calls))
        return self._arrive(Frame(goto.calls[0], False, self._place), facts)

    def _outer(self, goto: Goto, facts: Facts) -> Calls:
        """The calls around those of ``goto``, as far as they are remembered."""
        calls = facts.get("calls", ())
        if calls == FORGOTTEN:
            return (OUTER,)
        known = [frame for frame in cast(Calls, calls) if frame is not OUTER]
        if len(known) + len(goto.calls) <= MOST_CALLS:
            return cast(Calls, calls)
        self._scope.report(
            ProblemKind.UNSUPPORTED,
            f"of calls inside one another only {MOST_CALLS} are remembered",
            goto.calls[0].span,
            "where the outer ones return to is unknown from here on; lead there without `then`",
        )
        return (*known[: max(MOST_CALLS - len(goto.calls), 0)], OUTER)

    def _after(self, facts: Facts) -> Facts:
        """What is known once this step has been left: a menu joins the trail."""
        trail = facts.get("trail", ())
        if self._step.kind is not StepKind.MENU or trail == FORGOTTEN:
            return facts
        calls = cast(Calls, facts.get("calls", ()))
        return _with(facts, "trail", (*cast(Trail, trail), (self._place, calls)))

    def _visit(self, place: str, facts: Facts) -> str:
        """To ``place``; a menu that is on the trail is the same menu again, whichever way leads to it."""
        trail, here = facts.get("trail", ()), (place, facts.get("calls", ()))
        if trail != FORGOTTEN and here in cast(Trail, trail):
            menus = cast(Trail, trail)
            facts = _with(facts, "trail", menus[: menus.index(here)])
        return self._explorer.visit(State(place, facts))

    def _arrive(self, frame: Frame, facts: Facts) -> str:
        name = frame.last
        if not frame.action:
            if not self._scope.has_step(name):
                return self._nowhere("undefined", name)
            return self._visit(name.text, facts)
        match name.text:
            case "repeat":
                return self._visit(frame.origin, facts)
            case "back":
                return self._back(name, facts)
            case "return":
                return self._return(name, facts)
        return self._nowhere("hangup", name)

    def _return(self, name: Name, facts: Facts) -> str:
        calls = facts.get("calls", ())
        if calls == FORGOTTEN:
            return self._nowhere("untold", name)
        if calls == (OUTER,):
            return self._nowhere("forgotten", name)
        if not calls:
            self._scope.report(
                ProblemKind.UNDEFINED_TARGET,
                f"nothing to return to: a call can get to `{self._place}` without a `then`",
                name.span,
                f"lead to it with `-> {self._place} then ...`, or say here where it leads",
            )
            return self._nowhere("uncalled", name)
        frame, *rest = cast(Calls, calls)
        return self._arrive(frame, _with(facts, "calls", tuple(rest)))

    def _back(self, name: Name, facts: Facts) -> str:
        """To the menu before this step; the first menu has none and is heard again."""
        trail = facts.get("trail", ())
        if trail == FORGOTTEN:
            return self._nowhere("untold", name)
        earlier = [entry for entry in cast(Trail, trail) if entry[0] != self._place]
        if not earlier:
            return self._visit(self._place, facts)
        place, calls = earlier[-1]
        return self._visit(place, _with(facts, "calls", calls))

    def _nowhere(self, reason: Reason, name: Name) -> str:
        return self._explorer.visit(State(Nowhere(reason, name.text, name.span)))


def _with(facts: Facts, name: str, value: Calls | Trail | str) -> Facts:
    """``facts`` with a list as it is now; an empty one is the same as none."""
    return facts.learn(name, value) if value else facts.forget(name)


_REASONS = {
    "hangup": (StepKind.END, "hang up", ""),
    "undefined": (StepKind.END, "{}", "not defined: the call is dropped"),
    "uncalled": (StepKind.END, "return", "nothing to return to: the call is dropped"),
    "untold": (StepKind.UNKNOWN, "{}", "where this leads depends on the way here"),
    "forgotten": (StepKind.UNKNOWN, "{}", "where this leads depends on the way here"),
}


def nowhere_id(place: Nowhere) -> str:
    return f"{place.reason} {place.name} {place.span}"


def nowhere_step(place: Nowhere, here: str) -> Step:
    kind, name, detail = _REASONS[place.reason]
    return Step(here, name.format(place.name), kind, place.span, nowhere_id(place), detail=detail)
