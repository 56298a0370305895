"""Places of the exploration: blocks, entries, and where a call is once no block is left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

from ivrlint.explore import liveness
from ivrlint.flow import Step, StepKind
from ivrlint.formats.connect.catalogue import HUMANS
from ivrlint.formats.connect.facts import CHANNEL, INPUT, STREAMING, reads, writes
from ivrlint.formats.connect.library import Library, chooses, hooks
from ivrlint.source import Span

MOST_CALLS = 8
"""Modules inside one another that are followed; deeper ones (recursion) become unknown."""

KEPT_AFTER_HANDOVER = frozenset(
    {CHANNEL, STREAMING, "queue", "hook:CustomerQueue", "hook:CustomerRemaining", "calls"}
)
"""What is still known after a hand-over that failed. The rest no longer matters to how a caller gets to a
human, and would make a copy of each queue for every way to it; that counts are forgotten is :data:`LOST`."""

LOST = "lost"
"""A fact that is true where counts have been forgotten: none is then not nought."""

FORGOTTEN = "forgotten"
"""Stands for ``calls`` where it is not known who called."""


class At(NamedTuple):
    """Block ``block`` of flow ``flow``; block "" is the flow's entry."""

    flow: str
    block: str

    def __str__(self) -> str:
        return f"{self.flow}/{self.block}" if self.block else self.flow


class Frame(NamedTuple):
    """What a flow returns to: the block that invoked it as a module, or the hand-over that it waits for."""

    kind: Literal["module", "queue"]
    at: At


class Nowhere(NamedTuple):
    """A place that no block is, why the call is there, and what would have been there."""

    reason: Literal["undefined", "flow", "deep", "uncalled", "several"]
    name: str
    span: Span


Place: TypeAlias = At | Nowhere

_REASONS = {
    "undefined": (StepKind.END, "there is no such block: the call is dropped"),
    "flow": (StepKind.UNKNOWN, "the flow is not among the files given"),
    "several": (StepKind.UNKNOWN, "several flows have this name"),
    "deep": (StepKind.UNKNOWN, f"modules are called more than {MOST_CALLS} deep"),
    "uncalled": (StepKind.UNKNOWN, "where this leads depends on what called the flow"),
}


def place_id(place: Place) -> str:
    """The id of the first step at ``place``."""
    return str(place) if isinstance(place, At) else f"{place.reason} {place.name} {place.span}"


def nowhere_step(place: Nowhere, here: str) -> Step:
    """The step of a call that is nowhere."""
    kind, detail = _REASONS[place.reason]
    return Step(here, place.name, kind, place.span, place_id(place), detail=detail)


class Map:
    """Which places may follow which, whatever is known: too many rather than too few."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._callers: dict[str, list[At]] = {}
        self._waiting: dict[str, list[At]] = {}
        handovers: list[At] = []
        waits: dict[str, None] = {}
        remains: dict[str, None] = {}
        for flow in library.flows.values():
            for block in flow.blocks.values():
                at = At(flow.key, block.id)
                if block.type == "InvokeFlowModule":
                    for key in library.calls(block, flow.folder):
                        self._callers.setdefault(key, []).append(at)
                elif block.type == "UpdateContactEventHooks":
                    for event, started in (("CustomerQueue", waits), ("CustomerRemaining", remains)):
                        reference = hooks(block).get(event)
                        if reference:
                            started.update(dict.fromkeys(library.possible(reference, flow.folder)))
                elif block.type in HUMANS:
                    handovers.append(at)
        self._waits = list(waits)
        self._remains = list(remains)
        self._handovers = handovers if waits else []

    def after(self, at: At, guessed: bool = True) -> Iterator[At]:
        """Places that may follow ``at``, but for the flows that can be ``guessed`` only."""
        flow = self._library.flows[at.flow]
        block = flow.blocks[at.block]
        yield from (At(at.flow, link.id) for link in block.links() if link.id in flow.blocks)
        if block.type in ("TransferToFlow", "InvokeFlowModule"):
            calls = self._library.calls if guessed else self._library.told
            yield from self._starts(calls(block, flow.folder))
        elif block.type in HUMANS:
            yield from self._starts([*self._waits, *self._remains])
        elif block.type in ("EndFlowExecution", "EndFlowModuleExecution", "MessageParticipantIteratively"):
            yield from (self._handovers if at.flow in self._waits else ())
            for caller in self._callers.get(at.flow, ()):
                yield from self._returns(caller)

    def _starts(self, keys: list[str]) -> Iterator[At]:
        for key in keys:
            start = self._library.flows[key].start
            if start and start.id in self._library.flows[key].blocks:
                yield At(key, start.id)

    def _returns(self, caller: At) -> Iterator[At]:
        flow = self._library.flows[caller.flow]
        for link in flow.blocks[caller.block].links():
            if link.id in flow.blocks:
                yield At(caller.flow, link.id)

    def live(self) -> dict[At, frozenset[str]]:
        """Which facts anything from each place on still reads; a place that is missing reads none. Most are
        forgotten once the call has been handed over (see :data:`KEPT_AFTER_HANDOVER`), so that nothing after
        it keeps them apart."""
        places = {
            At(flow.key, block.id): block
            for flow in self._library.flows.values()
            for block in flow.blocks.values()
        }
        wanted = {at: reads(block, str(at)) for at, block in places.items()}
        told = {CHANNEL}.union(*(writes(block, str(at)) for at, block in places.items()))
        if told.isdisjoint(set().union(*wanted.values())):
            return {}
        for at, block in places.items():
            wanted[at] |= KEPT_AFTER_HANDOVER if block.type in HUMANS or chooses(block) else set()
        live = liveness(
            {at: [] if block.type in HUMANS else list(self.after(at, False)) for at, block in places.items()},
            wanted,
        )
        return {at: live[at] - {INPUT} if block.stores else live[at] for at, block in places.items()}
