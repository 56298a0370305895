"""The one explorer: places in a source plus facts known there -> steps and moves.

A reader that must know how the call came to a place (the return address, the last key, the queue set three
blocks earlier) describes *one* place at a time; the explorer walks the states, gives each its id, and keeps
their number finite: facts that nothing reads later are dropped, and a place met in too many states forgets
its facts.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Generic, NamedTuple, TypeVar

from ivrlint.flow import Move, Step
from ivrlint.patience import go_on

P = TypeVar("P", bound=Hashable)


class Facts(Mapping[str, Hashable]):
    """What is known at a place: an immutable, hashable mapping. A name that is missing is not known."""

    __slots__ = ("_hash", "_items")

    def __init__(self, items: Mapping[str, Hashable] | Iterable[tuple[str, Hashable]] = ()) -> None:
        self._items: dict[str, Hashable] = dict(items)
        self._hash: int | None = None

    def __getitem__(self, name: str) -> Hashable:
        return self._items[name]

    def __contains__(self, name: object) -> bool:
        return name in self._items

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(frozenset(self._items.items()))
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Facts) and self._items == other._items

    def __repr__(self) -> str:
        return f"Facts({self._items!r})"

    def learn(self, name: str, value: Hashable) -> Facts:
        """These facts and ``name = value``."""
        if name in self._items and self._items[name] == value:
            return self
        return Facts({**self._items, name: value})

    def forget(self, name: str) -> Facts:
        """These facts without ``name``."""
        if name not in self._items:
            return self
        return Facts({key: value for key, value in self._items.items() if key != name})

    def keep(self, names: Collection[str]) -> Facts:
        """Only the facts named in ``names``."""
        if all(map(names.__contains__, self._items)):
            return self
        return Facts({key: value for key, value in self._items.items() if key in names})


NOTHING = Facts()

FAR_TOO_MANY = 2
"""Times the bound that states of one place are told apart by; calls that call one another get there."""


class State(NamedTuple, Generic[P]):
    """A place and the facts known there."""

    place: P
    facts: Facts = NOTHING


class Explorer(Generic[P]):
    """Walks states breadth first and collects their steps and moves.

    ``describe(here, state, explorer)`` returns the step ``here`` of a state and the moves out of it; it names
    the states that moves lead to by calling :meth:`visit`. ``name(place)`` is the id of a place's first
    state; further ones get ``@2``, ``@3`` behind it. ``live(place)`` are the names of facts that anything
    from there on still reads. A place that would be met in more than ``bound`` states is met once more with
    ``forget(facts)`` only, and listed in ``forgotten``: fewer facts mean more outcomes, never fewer. What
    that still leaves (the addresses to return to, say) is given up, too, by ``give_up(facts)``, where places
    are met in more than :data:`FAR_TOO_MANY` times ``bound`` states on an average.
    """

    def __init__(
        self,
        describe: Callable[[str, State[P], Explorer[P]], tuple[Step, Iterable[Move]]],
        name: Callable[[P], str],
        live: Callable[[P], Collection[str]] | None = None,
        forget: Callable[[Facts], Facts] = lambda _: NOTHING,
        bound: int = 32,
        give_up: Callable[[Facts], Facts] = lambda facts: facts,
    ) -> None:
        self._describe = describe
        self._name = name
        self._live = live
        self._forget = forget
        self._bound = bound
        self._give_up = give_up
        self._ids: dict[State[P], str] = {}
        self._taken: set[str] = set()
        self._states: dict[P, int] = {}
        self._queue: deque[tuple[str, State[P]]] = deque()
        self.steps: list[Step] = []
        self.moves: list[Move] = []
        self.forgotten: dict[P, None] = {}

    def visit(self, state: State[P]) -> str:
        """The id of the step of ``state``, which is queued for a visit if it is new."""
        known = self._ids.get(state)
        if known is None and self._live is not None and state.facts is not NOTHING:
            facts = state.facts.keep(self._live(state.place))
            if facts is not state.facts:
                state = State(state.place, facts)
                known = self._ids.get(state)
        if known is None and self._states.get(state.place, 0) >= self._bound:
            self.forgotten[state.place] = None
            state = State(state.place, self._forgetting(state.facts))
            known = self._ids.get(state)
        return self._new(state) if known is None else known

    def _forgetting(self, facts: Facts) -> Facts:
        left = self._forget(facts)
        too_many = len(self._ids) > FAR_TOO_MANY * self._bound * len(self._states)
        return self._give_up(left) if too_many else left

    def _new(self, state: State[P]) -> str:
        count = self._states[state.place] = self._states.get(state.place, 0) + 1
        id_ = self._ids[state] = self._unused(self._name(state.place), count)
        self._queue.append((id_, state))
        return id_

    def _unused(self, name: str, count: int) -> str:
        """``name``, or with a number behind it; a place may be called like another one's copy."""
        id_ = name if count == 1 else f"{name}@{count}"
        while id_ in self._taken:
            id_ += "'"
        self._taken.add(id_)
        return id_

    def visited(self, place: P) -> bool:
        """Has any state of ``place`` been met?"""
        return place in self._states

    def run(self) -> None:
        """Describe states until none is left.

        Raises:
            OutOfTimeError: if that takes too long.
        """
        while self._queue:
            go_on()
            here, state = self._queue.popleft()
            step, moves = self._describe(here, state, self)
            self.steps.append(step)
            self.moves.extend(moves)


def liveness(
    successors: Mapping[P, Iterable[P]],
    reads: Mapping[P, Collection[str]],
    overwrites: Mapping[P, frozenset[str]] = MappingProxyType({}),
) -> dict[P, frozenset[str]]:
    """Which facts are still read at each place or anywhere after it.

    ``successors`` may name too many places but never too few; a place without any need not be a key.
    ``overwrites`` are facts that a place sets before it or anything after it reads them: those it needs
    itself, but nothing before it does. The result is the least fixpoint, found backwards with a worklist;
    other facts that are overwritten before they are read count as read (that costs states, not truth).
    """
    before: dict[P, list[P]] = {}
    for place, following in successors.items():
        for target in following:
            before.setdefault(target, []).append(place)
    places = dict.fromkeys([*successors, *before, *reads])
    live = {place: frozenset(reads.get(place, ())) for place in places}
    work = deque(place for place in places if live[place])
    while work:
        place = work.popleft()
        needed = live[place] - overwrites.get(place, frozenset())
        for earlier in before.get(place, ()):
            if not needed <= live[earlier]:
                live[earlier] |= needed
                work.append(earlier)
    return live
