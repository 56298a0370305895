"""From a dialplan to steps and moves: follows calls as Asterisk would run them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import reduce
from typing import TypeAlias

from ivrlint.explore import NOTHING, Explorer, Facts, State
from ivrlint.flow import AT_ONCE, Duration, Listening, Move, MoveKind, Prompt, Step, StepKind
from ivrlint.formats.asterisk.arguments import instruction
from ivrlint.formats.asterisk.companions import Companions
from ivrlint.formats.asterisk.dialplan import Extension, Node, Priority
from ivrlint.formats.asterisk.forgetting import Forgetting
from ivrlint.formats.asterisk.machine import CLOSED, OPEN, Machine
from ivrlint.formats.asterisk.names import DROPPING, meant
from ivrlint.formats.asterisk.outline import CALLS
from ivrlint.formats.asterisk.overwriting import overwritten
from ivrlint.formats.asterisk.quiet import decide, is_idle
from ivrlint.formats.asterisk.running import Decision, Run
from ivrlint.formats.asterisk.sounds import Sounds
from ivrlint.formats.asterisk.state import Nowhere, Onward, Passed, Place, Target
from ivrlint.formats.asterisk.unheard import written_first
from ivrlint.source import Span

MOST_SILENT = 2_000
"""Instructions in a row that no caller notices; a call that does more is taken to go round for ever."""

MOST_STATES = 64
"""States of one place that are told apart by what variables hold."""

HOURS = frozenset(("hours",))
"""The tag of a step that looks at the clock."""

NO_TAGS: frozenset[str] = frozenset()

_NOTHING: frozenset[str] = frozenset()
_RETURNING = frozenset((CALLS,))
_TIMED = frozenset((CLOSED, OPEN))
_ALWAYS = _RETURNING | _TIMED


@dataclass(slots=True, eq=False)
class Seen:
    """An instruction that a caller notices, as the functions that describe it see it."""

    call: Call
    run: Run
    here: str

    @property
    def span(self) -> Span:
        """Where it is written."""
        return self.run.priority.span

    def step(
        self,
        kind: StepKind,
        name: str = "",
        prompts: tuple[Prompt, ...] = (),
        target: str = "",
        condition: str = "",
        detail: str = "",
        listening: Listening | None = None,
        tags: frozenset[str] = NO_TAGS,
    ) -> Step:
        """The step of this instruction."""
        place = self.run.place.name
        return Step(
            self.here,
            name or place,
            kind,
            self.run.priority.span,
            place,
            prompts,
            target,
            condition,
            listening,
            tags,
            detail,
            self.run.place.context,
        )

    def move(
        self,
        kind: MoveKind,
        onward: Onward,
        heard: Duration = AT_ONCE,
        span: Span | None = None,
        keys: str = "",
        label: str = "",
        keypresses: int | None = None,
        attempts: int = 1,
        condition: str = "",
        usual: bool = True,
        deed: str = "",
    ) -> Move:
        """A move to where ``onward`` leads."""
        target, waited = self.call.to(onward)
        return Move(
            self.here,
            target,
            kind,
            span or self.run.priority.span,
            keys,
            label,
            len(keys) if keypresses is None else keypresses,
            attempts,
            heard.plus(waited),
            condition,
            usual,
            deed,
        )


Settled: TypeAlias = tuple[str, Duration, int]
"""Where a call comes to rest: the id of the next step that is noticed, what is waited before it, and how
many instructions are run.
"""

Decided: TypeAlias = tuple[Run, Decision | None]
"""An instruction, and what it does; None if the caller notices it."""


class Call:
    """Everything that following calls through one dialplan takes.

    ``noticed`` describes the instructions that a caller notices.
    """

    def __init__(
        self,
        machine: Machine,
        sounds: Sounds,
        companions: Companions,
        noticed: Callable[[Seen], tuple[Step, list[Move]]],
    ) -> None:
        self.machine = machine
        self.sounds = sounds
        self.companions = companions
        self._noticed = noticed
        self.executed: set[Priority] = set()
        self.constructs: dict[tuple[str, str], dict[Span, str]] = {}
        self._settled: dict[State[Target], Settled] = {}
        self._decided: dict[str, Decided] = {}  # by the id of the step
        self._deeds: dict[Node, str] = {}
        self._live: dict[Place, Collection[str]] = {}
        self._names: dict[str, Target] = {}
        forgetting = Forgetting(machine)
        self.explorer: Explorer[Target] = Explorer(
            self._describe,
            self._name,
            self._alive,
            forgetting.variables,
            MOST_STATES,
            forgetting.returns,
        )

    def unread(self, construct: str, written: str, why: str, span: Span) -> None:
        """Note that what ``written`` does, which is a ``construct``, is not told by any file."""
        self.constructs.setdefault((construct.lower(), why), {}).setdefault(span, written)

    def to(self, onward: Onward) -> tuple[str, Duration]:
        """The id of the next step that a caller notices, and how long that takes."""
        known = self._settled.get(onward)
        id_, waited, _ = self._settle(onward) if known is None else known
        return id_, waited

    def deed(self, extension: Extension) -> str:
        """What ``extension`` sets and writes before anything is heard."""
        if extension.node not in self._deeds:
            self._deeds[extension.node] = written_first(extension)
        return self._deeds[extension.node]

    def run(self, place: Place, facts: Facts) -> Run | None:
        """The instruction at ``place``; None if there is none."""
        priority = self.machine.instruction(place, facts)
        if priority is None and place.doing:  # waiting for keys behind the last priority
            priority = self.machine.instruction(place._replace(number=place.number - 1), facts)
        if priority is None:
            return None
        self.executed.add(priority)
        if place.doing:
            app, raw = instruction(place.doing)
            return Run(self.machine, place, facts, priority, *meant(app.lower(), raw))
        return Run(self.machine, place, facts, priority, priority.does, priority.args)

    def _settle(self, state: State[Target]) -> Settled:
        """Runs what no caller notices; whatever passes the same label in the same state comes to rest in the
        same place.
        """
        trail, met = [Passed(state)], {state}
        silent = 0
        settled: Settled | None = None
        while settled is None or MOST_SILENT - silent <= settled[2] < MOST_SILENT:
            place, facts = state
            if silent == MOST_SILENT:
                return self._goes_round(trail, place)
            following, waited = self._idle(place, facts), AT_ONCE
            if following is None:
                decided = None if isinstance(place, Nowhere) else self._decide(place, facts)
                passed = decided and decided[1]
                if passed is None or len(passed.ways) != 1:
                    settled = self._rest(state, decided)
                    break
                following, waited = passed.ways[0].onward, passed.waited
            silent += 1
            trail[-1].add(state, waited)
            state = following
            if self._is_met_again(place, state):
                if state in met:
                    return self._goes_round(trail, state.place)
                met.add(state)
                trail.append(Passed(state))
                settled = self._settled.get(state)
        id_, waited, silent = settled
        for each in reversed(trail):
            waited, silent = waited.plus(each.waited), min(silent + each.silent, MOST_SILENT)
            self._settled[each.begun] = id_, waited, silent
        return id_, waited, silent

    def _idle(self, place: Target, facts: Facts) -> Onward | None:
        """Where a call goes on behind an instruction that changes nothing."""
        if isinstance(place, Nowhere) or place.doing:
            return None
        priority = self.machine.instruction(place, facts)
        if priority is None or not is_idle(priority.does):
            return None
        self.executed.add(priority)
        there = place.at(place.number + 1)
        return None if self.machine.instruction(there, facts) is None else Onward(there, facts)

    def _is_met_again(self, before: Target, state: State[Target]) -> bool:
        """May other calls come to ``state`` too, from elsewhere than the instruction ``before`` it?"""
        place = state.place
        if isinstance(place, Nowhere) or isinstance(before, Nowhere):
            return False
        if place.number != before.number + 1 or place.doing or place[:2] != before[:2]:
            return True
        priority = self.machine.instruction(place, state.facts)
        return priority is None or bool(priority.label)

    def _goes_round(self, trail: list[Passed], place: Target) -> Settled:
        last, facts = trail[-1].last if trail[-1].silent else trail[-2].last
        assert isinstance(last, Place)
        assert isinstance(place, Place)
        run = self.run(last, facts)
        assert run is not None  # it has just been run
        reason = "the call goes round for ever, and nothing is heard"
        nowhere = Nowhere(reason, place.name, run.priority.span, True)
        waited = reduce(Duration.plus, (each.waited for each in trail))
        found = self.explorer.visit(State(nowhere)), waited, MOST_SILENT
        self._settled.update((each.begun, found) for each in trail)
        return found

    def _rest(self, state: State[Target], decided: Decided | None) -> Settled:
        here = self.explorer.visit(state)
        if decided is not None:
            self._decided[here] = decided
        settled = self._settled[state] = here, AT_ONCE, 0
        return settled

    def _decide(self, place: Place, facts: Facts) -> Decided:
        run = self.run(place, facts)
        assert run is not None  # calls are led to instructions only
        return run, decide(run)

    # --- what the explorer asks

    def _name(self, target: Target) -> str:
        name = target.name if isinstance(target, Place) else f"{target.origin}: {target.reason}"
        while self._names.setdefault(name, target) != target:
            name += "'"
        return name

    def _alive(self, target: Target) -> Collection[str]:
        if isinstance(target, Nowhere):
            return _RETURNING if target.back else _NOTHING
        if target not in self._live:
            self._live[target] = self._read_from(target)
        return self._live[target]

    def _nowhere(self, here: str, nowhere: Nowhere, facts: Facts) -> tuple[Step, list[Move]]:
        kind = StepKind.UNKNOWN if nowhere.unknown else StepKind.END
        name = nowhere.origin if nowhere.unknown else "hung up"
        place = f"{nowhere.origin}: {nowhere.reason}"
        step = Step(here, name, kind, nowhere.span, place, detail=nowhere.reason)
        if nowhere.back is None:
            return step, []
        target, waited = self.to(self.machine.after(nowhere.back, facts, nowhere.span))
        return step, [Move(here, target, MoveKind.NEXT, nowhere.span, heard=waited)]

    def _read_from(self, target: Place) -> Collection[str]:
        """Names that are still read at ``target`` or after it; none where the call is over."""
        priority = self.machine.instruction(target, NOTHING)
        if priority is None:
            return _ALWAYS
        if not target.doing and priority.does in DROPPING:
            return _NOTHING
        names = self.machine.outline.live.get(priority.extension.node, _NOTHING)
        if names and not target.doing:
            names -= overwritten(priority.extension, target.number)
        return names | _TIMED if self.machine.tables[target.context].timed else names

    def _describe(
        self, here: str, state: State[Target], explorer: Explorer[Target]
    ) -> tuple[Step, Iterable[Move]]:
        if isinstance(state.place, Nowhere):
            return self._nowhere(here, state.place, state.facts)
        run, decision = self._decided.pop(here)
        if run.facts is not state.facts:  # the explorer has dropped some
            run, decision = self._decide(state.place, state.facts)
        seen = Seen(self, run, here)
        if decision is not None:
            return _decided(seen, decision)
        return self._noticed(seen)


def _decided(seen: Seen, decision: Decision) -> tuple[Step, Iterable[Move]]:
    """A step where the system decides."""
    condition = decision.condition or seen.run.priority.app
    step = seen.step(StepKind.CHECK, condition=condition, tags=HOURS if decision.by_time else NO_TAGS)
    moves = [
        seen.move(MoveKind.WHEN, way.onward, label=way.label, condition=condition, usual=way.usual)
        for way in decision.ways
    ]
    return step, moves
