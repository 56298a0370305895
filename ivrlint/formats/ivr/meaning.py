"""From declarations to steps and moves: follows calls through one ``.ivr`` file and what it includes.

What is known along a call, and told apart where it matters later:

- ``calls``: where ``return`` leads, innermost first (``-> identify then billing`` pushes ``billing``);
- ``trail``: the menus on the way here, which ``back`` retraces; coming to one of them again shortens it;
- ``is:NAME``: the outcome of condition NAME, once it has been checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ivrlint.explore import Explorer, Facts, State, liveness
from ivrlint.flow import Duration, Flow, Listening, Move, MoveKind, ProblemKind, Step, StepKind
from ivrlint.formats.ivr.arrows import (
    FORGOTTEN,
    Arrows,
    Frame,
    Nowhere,
    Place,
    frames,
    nowhere_id,
    nowhere_step,
)
from ivrlint.formats.ivr.declarations import Declaration, Handler, Module, Outcome
from ivrlint.formats.ivr.scope import Scope, gotos
from ivrlint.source import Source
from ivrlint.speech import until_named, whole


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


def _explorer(scope: Scope) -> Explorer[Place]:
    live = liveness(_followers(scope), {place: _reads(step) for place, step in scope.steps.items()})
    return Explorer(
        lambda state, explorer: _describe(state, explorer, scope),
        lambda place: place if isinstance(place, str) else nowhere_id(place),
        lambda place: live[place] if isinstance(place, str) else (),
        lambda _: _UNTOLD,
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
        return nowhere_step(state.place, here), ()
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
        tags=step.tags | ({declared.kind} if declared else set()),
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
            to = self._arrows.target(option.goto)
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
                self._arrows.target(dial.goto),
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
        to = self._arrows.target(step.goto)
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
            self._arrows.target(handler.goto),
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
                to = self._arrows.target(outcome.goto)
                wait = Duration(outcome.wait_ms)
                yield Move(self._here, to, MoveKind.OVERFLOW, outcome.span, label=outcome.label, heard=wait)
            return
        condition = step.condition.text if step.condition else step.name.text
        declared = self._scope.condition(step.condition) if step.condition else None
        usual = _usual(step) if declared and declared.kind == "hours" else ""
        for outcome in self._possible(condition):
            known = self._facts.learn(f"is:{condition}", outcome.label)
            yield Move(
                self._here,
                self._arrows.target(outcome.goto, known),
                MoveKind.WHEN,
                outcome.span,
                label=outcome.label,
                condition=condition,
                usual=usual in ("", outcome.label),
            )

    def _possible(self, condition: str) -> list[Outcome]:
        """The outcomes that fit what the call already went through; all where none does."""
        known = self._facts.get(f"is:{condition}")
        fitting = [outcome for outcome in self._step.outcomes if outcome.label == known]
        return fitting or list(self._step.outcomes)


def _usual(step: Declaration) -> str:
    """The outcome of opening hours that callers are taken to meet: ``open``, or the first that is written."""
    labels = [outcome.label for outcome in step.outcomes]
    return "open" if "open" in labels else "".join(labels[:1])
