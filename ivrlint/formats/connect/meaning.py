"""From flows to steps and moves: follows calls through all flows of a project."""

from __future__ import annotations

from collections.abc import Iterable

from ivrlint.explore import Explorer, Facts, State
from ivrlint.flow import Flow, Move, MoveKind, Problem, ProblemKind, Step, StepKind
from ivrlint.formats.connect import entries
from ivrlint.formats.connect.blocks import described
from ivrlint.formats.connect.facts import CALL, CHANNEL
from ivrlint.formats.connect.language import ContactFlow
from ivrlint.formats.connect.library import Library, step_names
from ivrlint.formats.connect.outgoing import is_outgoing
from ivrlint.formats.connect.places import FORGOTTEN, LOST, At, Map, Nowhere, Place, nowhere_step, place_id
from ivrlint.formats.connect.visit import Visit
from ivrlint.formats.connect.voices import languages
from ivrlint.problems import Problems
from ivrlint.source import Source

MOST_STATES = 64
"""States in which one block is met before facts are forgotten there."""

_ENTERED = Facts({CHANNEL: CALL})
_UNTOLD = Facts({"calls": FORGOTTEN, LOST: True})


def follow(library: Library, sources: tuple[Source, ...]) -> Flow:
    """All that callers can meet; flows that no call comes to (whispers, guides) have no steps."""
    return _Exploration(library).flow(sources)


class _Exploration:
    def __init__(self, library: Library) -> None:
        self._library = library
        self._names = {key: step_names(flow) for key, flow in library.flows.items()}
        self._entries = dict(library.entries)
        map_ = Map(library)
        live = map_.live()
        library.languages = languages(library, map_)
        self._explorer: Explorer[Place] = Explorer(
            self._describe,
            place_id,
            lambda place: live.get(place, _READ_AT_ENTRY) if isinstance(place, At) else (),
            lambda _: _UNTOLD,
            MOST_STATES,
        )

    def flow(self, sources: tuple[Source, ...]) -> Flow:
        """Calls from every entry, then what no call comes to in flows that calls do come to."""
        for key in self._entries:
            self._explorer.visit(State(At(key, "")))
        self._explorer.run()
        for flow in self._library.flows.values():
            if any(self._explorer.visited(At(flow.key, id_)) for id_ in flow.blocks):
                self._rest(flow)
        problems = Problems(self._dangling())
        problems += self._forgotten()
        return Flow(
            tuple(self._explorer.steps),
            _in_file_order(self._explorer.moves, sources),
            tuple(problems),
            sources,
        )

    def _rest(self, flow: ContactFlow) -> None:
        for id_ in flow.blocks:
            if not self._explorer.visited(At(flow.key, id_)):
                self._explorer.visit(State(At(flow.key, id_), _UNTOLD))
                self._explorer.run()

    def _dangling(self) -> Iterable[Problem]:
        for flow in self._library.flows.values():
            links = [link for block in flow.blocks.values() for link in block.links()]
            for link in [flow.start, *links]:
                if link and link.id not in flow.blocks:
                    yield Problem(
                        ProblemKind.UNDEFINED_TARGET,
                        f"no block of flow `{flow.title}` has the identifier `{link.id}`; "
                        "a call that gets here is dropped",
                        link.span,
                        "lead to a block that is there",
                    )

    def _forgotten(self) -> Iterable[Problem]:
        """Said once for each flow, at the first of its blocks."""
        lost: dict[str, list[str]] = {}
        for place in self._explorer.forgotten:
            if isinstance(place, At) and place.block:
                lost.setdefault(place.flow, []).append(place.block)
        for key, blocks in lost.items():
            others = f" (and {len(blocks) - 1} more)" if len(blocks) > 1 else ""
            yield Problem(
                ProblemKind.UNSUPPORTED,
                f"{self._names[key][blocks[0]]}{others} is reached in more than {MOST_STATES} ways",
                self._library.flows[key].blocks[blocks[0]].span,
                "from there on, attributes, queues and counts are taken as unknown",
            )

    def _describe(
        self, here: str, state: State[Place], explorer: Explorer[Place]
    ) -> tuple[Step, Iterable[Move]]:
        if isinstance(state.place, Nowhere):
            return nowhere_step(state.place, here), ()
        if not state.place.block:
            return self._entry(here, self._library.flows[state.place.flow])
        visit = Visit(here, state, explorer, self._library)
        step, moves = described(visit, self._names[state.place.flow][state.place.block])
        return step, moves

    def _entry(self, here: str, flow: ContactFlow) -> tuple[Step, Iterable[Move]]:
        assert flow.start is not None  # a flow without a start is not in the library
        why = self._entries[flow.key]
        tags = _OUTGOING if is_outgoing(flow, self._library.assigned) else entries.tags(flow, why)
        step = Step(
            here, flow.title, StepKind.ENTRY, flow.start.span, here, detail=why, tags=tags, part=flow.title
        )
        place: Place = At(flow.key, flow.start.id)
        if flow.start.id not in flow.blocks:
            place = Nowhere("undefined", flow.start.id, flow.start.span)
        to = self._explorer.visit(State(place, _ENTERED))
        return step, (Move(here, to, MoveKind.NEXT, flow.start.span),)


_READ_AT_ENTRY: frozenset[str] = frozenset()
_OUTGOING = frozenset({"outgoing"})


def _in_file_order(moves: list[Move], sources: tuple[Source, ...]) -> tuple[Move, ...]:
    order = {source: index for index, source in enumerate(sources)}
    return tuple(sorted(moves, key=lambda move: (order[move.span.source], move.span.start)))
