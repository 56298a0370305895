"""From declarations to steps and moves: follows calls through one ``.ivr`` file and what it includes.

What is known along a call, and told apart where it matters later:

- ``calls``: where ``return`` leads, innermost first (``-> identify then billing`` pushes ``billing``);
- ``trail``: the menus on the way here, which ``back`` retraces; coming to one of them again shortens it;
- ``is:NAME``: the outcome of condition NAME, once it has been checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias, cast

from ivrlint.explore import Explorer, Facts, State, liveness
from ivrlint.flow import Duration, Flow, Move, MoveKind, ProblemKind, Step, StepKind
from ivrlint.formats.ivr.scope import Scope, gotos
from ivrlint.formats.ivr.syntax import Declaration, Goto, Handler, Module, Name, Outcome
from ivrlint.source import Source, Span
from ivrlint.speech import until_named, whole

MOST_CALLS = 8
"""Calls with ``then`` inside one another that are followed; deeper ones (recursion) become unknown."""

_FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True)
class Nowhere:
    """A place that no statement declares, and why the call is there."""

    reason: Literal["hangup", "undefined", "uncalled", "deep", "forgotten"]
    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a ``return`` leads: a destination and the step it was written in (for ``repeat``)."""

    last: Name
    action: bool
    origin: str


Place: TypeAlias = str | Nowhere
Calls: TypeAlias = tuple[Frame, ...]
Trail: TypeAlias = tuple[tuple[str, Calls | str], ...]


def follow(modules: Iterable[Module], sources: tuple[Source, ...]) -> Flow:
    """The flow of one file and its includes; ``sources`` are in the order in which their text counts."""
    scope = Scope(modules)
    explorer = _explorer(scope)
    for place, step in scope.steps.items():
        if step.kind is StepKind.ENTRY:
            explorer.visit(State(place, _FIRST))
    explorer.run()
    for place in scope.steps:  # what no line leads to is part of the flow too
        if not explorer.visited(place):
            explorer.visit(State(place, _UNTOLD))
            explorer.run()
    for lost in explorer.forgotten:
        if isinstance(lost, str):
            scope.report(
                ProblemKind.UNSUPPORTED,
                f"`{lost}` is reached in too many ways to tell where `back` and `return` lead",
                scope.steps[lost].name.span,
                "where they lead is shown as unknown from there on",
            )
    order = {source: index for index, source in enumerate(sources)}
    moves = sorted(explorer.moves, key=lambda move: (order[move.span.source], move.span.start))
    return Flow(tuple(explorer.steps), tuple(moves), tuple(scope.problems), sources)


_FIRST = Facts({"calls": (), "trail": ()})
_UNTOLD = Facts({"calls": _FORGOTTEN, "trail": _FORGOTTEN})


def _explorer(scope: Scope) -> Explorer[Place]:
    frames = {
        frame for place, step in scope.steps.items() for goto in gotos(step) for frame in _frames(goto, place)
    }
    live = liveness(
        {
            place: [after for goto in gotos(step) for after in _leads_to(goto, place, scope, frames)]
            for place, step in scope.steps.items()
        },
        {place: _reads(step) for place, step in scope.steps.items()},
    )
    return Explorer(
        lambda state, explorer: _describe(state, explorer, scope),
        lambda place: place if isinstance(place, str) else _nowhere_id(place),
        lambda place: live[place] if isinstance(place, str) else (),
        lambda _: _UNTOLD,
    )


# --- which facts are read where


def _frames(goto: Goto, origin: str) -> Calls:
    """What ``goto`` pushes, the next to be returned to first."""
    if not goto.calls:
        return ()
    then = [Frame(name, False, origin) for name in goto.calls[1:]]
    return (*then, Frame(goto.last, goto.action, origin))


def _leads_to(goto: Goto, origin: str, scope: Scope, frames: set[Frame]) -> Iterator[str]:
    """Places that may follow: too many rather than too few."""
    for name in goto.calls:
        yield name.text
    ends = [Frame(goto.last, goto.action, origin)]
    if goto.action and goto.last.text == "return":
        ends += sorted(frames, key=lambda frame: (frame.last.span.start, frame.origin))
    for frame in ends:
        if not frame.action:
            yield frame.last.text
        elif frame.last.text == "repeat":
            yield frame.origin
        elif frame.last.text == "back":
            yield from (p for p, step in scope.steps.items() if step.kind is StepKind.MENU)


def _reads(step: Declaration) -> set[str]:
    reads = {f"is:{step.condition.text}"} if step.condition else set()
    actions = {goto.last.text for goto in gotos(step) if goto.action}
    if actions & {"return", "back"}:
        reads.add("calls")
    if "back" in actions:
        reads.add("trail")
    return reads


# --- one place at a time


def _describe(state: State[Place], explorer: Explorer[Place], scope: Scope) -> tuple[Step, Iterable[Move]]:
    here = explorer.visit(state)
    if isinstance(state.place, Nowhere):
        return _nowhere_step(state.place, here), ()
    step = scope.steps[state.place]
    entry = step.kind is StepKind.ENTRY
    described = Step(
        here,
        step.name.text,
        step.kind,
        step.span if entry else step.name.span,
        state.place,
        prompts=step.prompts,
        target=step.target or (step.name.text if step.kind is StepKind.HUMAN else ""),
        condition=step.condition.text if step.condition else "",
        listening=step.listening,
        tags=step.tags,
        detail=step.title,
    )
    for name, span in step.duplicates:
        scope.report(
            ProblemKind.DUPLICATE_NAME,
            f"`{name}` is given twice in `{step.name.text}`; the first one counts",
            span,
            "keep one of them",
        )
    return described, _Moves(here, step, state, explorer, scope).all()


class _Moves:
    """The moves out of one step in one state."""

    def __init__(
        self,
        here: str,
        step: Declaration,
        state: State[Place],
        explorer: Explorer[Place],
        scope: Scope,
    ) -> None:
        self._here = here
        self._step = step
        self._place = cast(str, state.place)
        self._facts = state.facts
        self._explorer = explorer
        self._scope = scope
        self._interrupts = step.listening is None or step.listening.barge_in is not False

    def all(self) -> Iterator[Move]:
        """In the order of the grammar; the flow is put into file order as a whole."""
        yield from self._options()
        yield from self._dials()
        yield from self._follows()
        yield from self._handlers()
        yield from self._outcomes()

    def _options(self) -> Iterator[Move]:
        prompts = self._step.prompts
        for option in self._step.options:
            to = self._target(option.goto)
            for keys in option.keys:
                heard = until_named(prompts, keys) if self._interrupts else whole(prompts)
                yield Move(
                    self._here,
                    to,
                    MoveKind.KEY,
                    option.span,
                    keys,
                    option.label,
                    len(keys),
                    heard=heard,
                )
            if option.words:
                label = option.label or option.words[0]
                yield Move(self._here, to, MoveKind.SPEECH, option.span, "", label, heard=whole(prompts))

    def _dials(self) -> Iterator[Move]:
        for dial in self._step.dials:
            ended = dial.fewest == dial.most
            yield Move(
                self._here,
                self._target(dial.goto),
                MoveKind.DIAL,
                dial.span,
                label=dial.label,
                keypresses=dial.fewest,
                heard=Duration() if ended else self._pause(),
            )

    def _pause(self) -> Duration:
        listening = self._step.listening
        if listening is None or listening.pause_ms is None:
            return Duration(exact=False)
        return Duration(listening.pause_ms)

    def _follows(self) -> Iterator[Move]:
        step = self._step
        if step.goto is None:
            return
        to = self._target(step.goto)
        if step.kind is not StepKind.ASK:
            yield Move(self._here, to, MoveKind.NEXT, step.goto.span, heard=whole(step.prompts))
            return
        listening = step.listening
        assert listening is not None  # every ask listens
        fewest = 1 if listening.fewest is None else listening.fewest
        heard, keypresses = whole(step.prompts), fewest
        if fewest != listening.most:
            if listening.terminator_needed:
                keypresses += len(listening.terminator)
            else:
                heard = heard.plus(self._pause())
        kind = MoveKind.DIAL if step.extension else MoveKind.DIGITS
        label = step.title
        yield Move(self._here, to, kind, step.goto.span, label=label, keypresses=keypresses, heard=heard)

    def _handlers(self) -> Iterator[Move]:
        timeout, invalid = self._step.timeout, self._step.invalid
        if timeout:
            silence = Duration(exact=False) if timeout.wait_ms is None else Duration(timeout.wait_ms)
            yield self._handled(MoveKind.SILENCE, timeout, whole(self._step.prompts).plus(silence))
        if invalid:
            heard = Duration() if self._interrupts else whole(self._step.prompts)
            yield self._handled(MoveKind.WRONG, invalid, heard)

    def _handled(self, kind: MoveKind, handler: Handler, heard: Duration) -> Move:
        return Move(
            self._here,
            self._target(handler.goto),
            kind,
            handler.span,
            keypresses=handler.attempts if kind is MoveKind.WRONG else 0,
            attempts=handler.attempts,
            heard=heard.times(handler.attempts),
        )

    def _outcomes(self) -> Iterator[Move]:
        step = self._step
        if step.kind is StepKind.HUMAN:
            for outcome in step.outcomes:
                to = self._target(outcome.goto)
                wait = Duration(outcome.wait_ms)
                yield Move(self._here, to, MoveKind.OVERFLOW, outcome.span, label=outcome.label, heard=wait)
            return
        condition = step.condition.text if step.condition else step.name.text
        declared = self._scope.condition(step.condition) if step.condition else None
        hours = declared is not None and declared.kind == "hours"
        opens = hours and any(outcome.label == "open" for outcome in step.outcomes)
        for outcome in self._possible(condition):
            known = self._facts.learn(f"is:{condition}", outcome.label)
            yield Move(
                self._here,
                self._target(outcome.goto, known),
                MoveKind.WHEN,
                outcome.span,
                label=outcome.label,
                condition=condition,
                usual=not opens or outcome.label == "open",
            )

    def _possible(self, condition: str) -> list[Outcome]:
        """The outcomes that fit what the call already went through; all where none does."""
        known = self._facts.get(f"is:{condition}")
        fitting = [outcome for outcome in self._step.outcomes if outcome.label == known]
        return fitting or list(self._step.outcomes)

    # --- where a move leads

    def _target(self, goto: Goto, facts: Facts | None = None) -> str:
        """Id of the step that ``goto`` leads to from here."""
        facts = self._after(self._facts if facts is None else facts)
        calls = facts.get("calls", ())
        if not goto.calls:
            return self._arrive(Frame(goto.last, goto.action, self._place), facts)
        pushed = _frames(goto, self._place)
        if calls == _FORGOTTEN or len(calls) + len(pushed) > MOST_CALLS:  # type: ignore[arg-type]
            if calls != _FORGOTTEN:
                return self._nowhere("deep", goto.calls[0])
            calls = ()
        facts = facts.learn("calls", (*pushed, *cast(Calls, calls)))
        return self._arrive(Frame(goto.calls[0], False, self._place), facts)

    def _after(self, facts: Facts) -> Facts:
        """What is known once this step has been left: a menu joins the trail."""
        trail = facts.get("trail", ())
        if self._step.kind is not StepKind.MENU or trail == _FORGOTTEN:
            return facts
        menus = cast(Trail, trail)
        places = [place for place, _ in menus]
        if self._place in places:
            menus = menus[: places.index(self._place)]
        return facts.learn("trail", (*menus, (self._place, cast(Calls, facts.get("calls", ())))))

    def _arrive(self, frame: Frame, facts: Facts) -> str:
        name = frame.last
        if not frame.action:
            if not self._scope.has_step(name):
                return self._nowhere("undefined", name)
            return self._enter(name.text, facts)
        match name.text:
            case "repeat":
                return self._enter(frame.origin, facts)
            case "back":
                return self._back(name, facts)
            case "return":
                return self._return(name, facts)
        return self._nowhere("hangup", name)

    def _enter(self, place: str, facts: Facts) -> str:
        """To ``place``; a menu that is on the trail is the same menu again, whichever way leads to it."""
        trail, here = facts.get("trail", ()), (place, facts.get("calls", ()))
        if trail != _FORGOTTEN and here in cast(Trail, trail):
            menus = cast(Trail, trail)
            facts = facts.learn("trail", menus[: menus.index(here)])
        return self._explorer.visit(State(place, facts))

    def _return(self, name: Name, facts: Facts) -> str:
        calls = facts.get("calls", ())
        if calls == _FORGOTTEN:
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
        return self._arrive(frame, facts.learn("calls", tuple(rest)))

    def _back(self, name: Name, facts: Facts) -> str:
        """To the menu before this step; the first menu has none and is heard again."""
        trail = facts.get("trail", ())
        if trail == _FORGOTTEN:
            return self._nowhere("forgotten", name)
        earlier = [entry for entry in cast(Trail, trail) if entry[0] != self._place]
        if not earlier:
            return self._explorer.visit(State(self._place, facts))
        place, calls = earlier[-1]
        return self._explorer.visit(
            State(place, facts.learn("trail", tuple(earlier[:-1])).learn("calls", calls))
        )

    def _nowhere(
        self, reason: Literal["hangup", "undefined", "uncalled", "deep", "forgotten"], name: Name
    ) -> str:
        return self._explorer.visit(State(Nowhere(reason, name.text, name.span)))


_REASONS = {
    "hangup": (StepKind.END, "hang up", ""),
    "undefined": (StepKind.END, "{}", "not defined: the call is dropped"),
    "uncalled": (StepKind.END, "return", "nothing to return to: the call is dropped"),
    "deep": (StepKind.UNKNOWN, "{}", f"called more than {MOST_CALLS} deep"),
    "forgotten": (StepKind.UNKNOWN, "{}", "where this leads depends on the way here"),
}


def _nowhere_id(place: Nowhere) -> str:
    return f"{place.reason} {place.name} {place.span}"


def _nowhere_step(place: Nowhere, here: str) -> Step:
    kind, name, detail = _REASONS[place.reason]
    return Step(here, name.format(place.name), kind, place.span, _nowhere_id(place), detail=detail)
