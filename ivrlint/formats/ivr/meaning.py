"""From declarations to steps and moves: follows calls through one ``.ivr`` file and what it includes.

What is known along a call, and told apart where it matters later:

- ``calls``: where ``return`` leads, innermost first (``-> identify then billing`` pushes ``billing``);
- ``trail``: the menus on the way here, which ``back`` retraces; coming to one of them again shortens it;
- ``is:NAME``: the outcome of condition NAME, once it has been checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ivrlint.explore import Explorer, Facts, State, liveness
from ivrlint.flow import AT_ONCE, Duration, Flow, Listening, Move, MoveKind, ProblemKind, Step, StepKind
from ivrlint.formats.ivr.arrows import (
    FORGOTTEN,
    OUTER,
    Arrows,
    Frame,
    Nowhere,
    Place,
    frames,
    nowhere_id,
    nowhere_step,
)
from ivrlint.formats.ivr.declarations import Condition, Declaration, Goto, Module, Outcome
from ivrlint.formats.ivr.hearing import heard, pause, typed
from ivrlint.formats.ivr.scope import Scope, gotos
from ivrlint.source import Source, Span
from ivrlint.speech import whole


def follow(modules: Iterable[Module], sources: tuple[Source, ...]) -> Flow:
    """The flow of one file and its includes; ``sources`` are in the order in which their text counts."""
    scope = Scope(modules)
    explorer = _explorer(scope)
    for place, step in scope.steps.items():
        if step.kind is StepKind.ENTRY:
            explorer.visit(State(place))
    explorer.run()
    for place in scope.steps:  # what no line leads to is part of the flow too
        if not explorer.visited(place):
            explorer.visit(State(place, _UNTOLD))
            explorer.run()
    scope.report_unused(sources[0])
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


_UNTOLD = Facts({"calls": FORGOTTEN, "trail": FORGOTTEN})
"""Of a call that is nowhere made."""

_FORGOTTEN = Facts({"calls": (OUTER,), "trail": FORGOTTEN})
"""Of one that has come too far for all of it to be remembered."""


def _explorer(scope: Scope) -> Explorer[Place]:
    live = liveness(_followers(scope), {place: _reads(step, scope) for place, step in scope.steps.items()})
    return Explorer(
        lambda here, state, explorer: _describe(here, state, explorer, scope),
        lambda place: place if isinstance(place, str) else nowhere_id(place),
        lambda place: live[place] if isinstance(place, str) else (),
        lambda _: _FORGOTTEN,
    )


# --- which facts are read where


_ANY_MENU = "-> back"
_ANY_CALLER = "-> return"
"""Where ``back`` and ``return`` may lead: a place each that leads on to all of them, for few edges."""


def _followers(scope: Scope) -> dict[str, list[str]]:
    """Places that may follow each place: too many rather than too few."""
    followers: dict[str, list[str]] = {_ANY_MENU: [], _ANY_CALLER: []}
    for place, step in scope.steps.items():
        followers[place] = []
        if step.kind is StepKind.MENU:
            followers[_ANY_MENU].append(place)
        for goto in gotos(step):
            followers[place] += [name.text for name in goto.calls]
            followers[place].append(_destination(Frame(goto.last, goto.action, place)))
            followers[_ANY_CALLER] += [_destination(frame) for frame in frames(goto, place)]
    return followers


def _destination(frame: Frame) -> str:
    if not frame.action:
        return frame.last.text
    actions = {"repeat": frame.origin, "back": _ANY_MENU, "return": _ANY_CALLER}
    return actions.get(frame.last.text, "hangup")


def _reads(step: Declaration, scope: Scope) -> set[str]:
    condition = step.condition.text if step.condition else ""
    declared = scope.conditions.get(condition)
    reads = {f"is:{condition}"} if condition and not (declared and declared.varies) else set()
    actions = {goto.last.text for goto in gotos(step) if goto.action}
    if actions & {"return", "back"}:
        reads.add("calls")
    if "back" in actions:
        reads.add("trail")
    return reads


# --- one place at a time


def _describe(
    here: str, state: State[Place], explorer: Explorer[Place], scope: Scope
) -> tuple[Step, Iterable[Move]]:
    if isinstance(state.place, Nowhere):
        nowhere = nowhere_step(state.place, here)
        return nowhere, _returns(nowhere, explorer, scope) if state.place.reason == "forgotten" else ()
    step = scope.steps[state.place]
    entry = step.kind is StepKind.ENTRY
    declared = scope.conditions.get(step.condition.text) if step.condition else None
    described = Step(
        here,
        step.name.text,
        step.kind,
        step.span if entry else step.name.span,
        state.place,
        prompts=step.prompts,
        target=step.target or (step.name.text if step.kind is StepKind.HUMAN else ""),
        condition=step.condition.text if step.condition else "",
        listening=_listening(step),
        tags=_tags(step, declared),
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


def _returns(step: Step, explorer: Explorer[Place], scope: Scope) -> Iterator[Move]:
    """From a ``return`` that leads to a call which is not remembered: to all that it could be."""
    back = {
        frame.origin if frame.last.text == "repeat" else frame.last.text
        for place, declared in scope.steps.items()
        for goto in gotos(declared)
        for frame in frames(goto, place)
    }
    condition = f"return in line {step.span.line}"
    for place in scope.steps:
        if place in back:
            to = explorer.visit(State(place, _FORGOTTEN))
            yield Move(step.id, to, MoveKind.WHEN, step.span, label=place, condition=condition)


def _tags(step: Declaration, declared: Condition | None) -> frozenset[str]:
    """What is written, what a check asks, and whether what is asked can fail."""
    asked = {declared.kind} if declared else set()
    fails = step.faults and step.kind in (StepKind.CHECK, StepKind.UNKNOWN)
    return step.tags | asked | ({"lookup"} if fails else set())


def _listening(step: Declaration) -> Listening | None:
    """How ``step`` listens; what is not written does not happen: the call is dropped."""
    if step.listening is None:
        return None
    drops = set() if step.timeout else {MoveKind.SILENCE}
    if step.kind is StepKind.MENU and not step.invalid:
        drops.add(MoveKind.WRONG)
    return step.listening._replace(drops=frozenset(drops))


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
        self._facts = state.facts
        self._scope = scope
        self._arrows = Arrows(step, state, explorer, scope)

    def all(self) -> Iterator[Move]:
        """In the order of the grammar; the flow is put into file order as a whole."""
        yield from self._options()
        yield from self._dials()
        yield from self._follows()
        yield from self._handlers()
        yield from self._outcomes()
        for fault in self._step.faults:
            yield self._move(MoveKind.ERROR, fault.goto, fault.span, fault.label)

    def _move(
        self,
        kind: MoveKind,
        goto: Goto,
        span: Span,
        label: str = "",
        keypresses: int = 0,
        plus: Duration = AT_ONCE,
        known: Facts | None = None,
        keys: str = "",
        attempts: int = 1,
        wait_ms: int | None = 0,
    ) -> Move:
        """A move along ``goto``; ``plus`` is heard or waited besides what is usual for its kind."""
        usual = heard(kind, self._step.prompts, self._step.listening, keys, attempts, wait_ms)
        return Move(
            self._here,
            self._arrows.target(goto, known),
            kind,
            span,
            keys,
            label,
            keypresses,
            attempts,
            usual.plus(plus) if goto.heard is None else goto.heard,
        )

    def _options(self) -> Iterator[Move]:
        for option in self._step.options:
            how = option.goto, option.span
            for keys in option.keys:
                yield self._move(MoveKind.KEY, *how, option.label, len(keys), keys=keys)
            if option.words:
                yield self._move(MoveKind.SPEECH, *how, option.label or option.words[0])

    def _dials(self) -> Iterator[Move]:
        for dial in self._step.dials:
            ended = AT_ONCE if dial.fewest == dial.most else pause(self._step.listening)
            how = dial.goto, dial.span, dial.label, dial.fewest, ended
            yield self._move(MoveKind.DIAL, *how, keys=dial.number)

    def _follows(self) -> Iterator[Move]:
        step = self._step
        if step.goto is None:
            return
        if step.kind is StepKind.ASK:
            assert step.listening is not None  # every ask listens
            keypresses, end = typed(step.listening)
            kind = MoveKind.DIAL if step.extension else MoveKind.DIGITS
            end = whole(step.prompts).plus(end) if step.extension else end
            yield self._move(kind, step.goto, step.goto.span, step.title, keypresses, end)
        else:
            talk = Duration(exact=False) if step.kind is StepKind.HUMAN else AT_ONCE
            yield self._move(MoveKind.NEXT, step.goto, step.goto.span, plus=talk)

    def _handlers(self) -> Iterator[Move]:
        timeout, invalid = self._step.timeout, self._step.invalid
        if timeout:
            times, wait = timeout.attempts, timeout.wait_ms
            yield self._move(MoveKind.SILENCE, timeout.goto, timeout.span, attempts=times, wait_ms=wait)
        if invalid:
            each = invalid.digits if invalid.digits is not None else int(self._takes_keys())
            keys = invalid.attempts * each
            yield self._move(
                MoveKind.WRONG, invalid.goto, invalid.span, keypresses=keys, attempts=invalid.attempts
            )

    def _takes_keys(self) -> bool:
        """Where nothing can be pressed, what is wrong was said."""
        step = self._step
        spoken_only = step.options and not step.dials and not any(option.keys for option in step.options)
        return step.kind is StepKind.ASK or not spoken_only

    def _outcomes(self) -> Iterator[Move]:
        step = self._step
        if step.kind is StepKind.HUMAN:
            for outcome in step.outcomes:
                how = outcome.goto, outcome.span, outcome.label
                yield self._move(MoveKind.OVERFLOW, *how, wait_ms=outcome.wait_ms)
            return
        condition = step.condition.text if step.condition else step.name.text
        declared = self._scope.condition(step.condition) if step.condition else None
        varies = declared is not None and declared.varies
        for outcome in step.outcomes if varies else self._possible(condition):
            known = None if varies else self._facts.learn(f"is:{condition}", outcome.label)
            move = self._move(MoveKind.WHEN, outcome.goto, outcome.span, outcome.label, known=known)
            yield move._replace(condition=condition, usual=_usual(outcome, step, declared))

    def _possible(self, condition: str) -> list[Outcome]:
        """The outcomes that fit what the call already went through; all where none does."""
        known = self._facts.get(f"is:{condition}")
        fitting = [outcome for outcome in self._step.outcomes if outcome.label == known]
        return fitting or list(self._step.outcomes)


def _usual(outcome: Outcome, step: Declaration, condition: Condition | None) -> bool:
    """Are callers taken to meet ``outcome``? Yes, if it is not said to be ``unusual``; of hours that do
    not say it, only ``open`` or the first that is written.
    """
    if condition and condition.kind == "hours" and not any(each.unusual for each in step.outcomes):
        labels = [each.label for each in step.outcomes]
        return outcome.label == ("open" if "open" in labels else labels[0])
    return not outcome.unusual
