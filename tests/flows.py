"""Flows for tests: written by hand with a few words per move, or drawn at random by Hypothesis."""

from __future__ import annotations

from typing import Any, TypeVar

from hypothesis import strategies as st

from ivrlint.flow import AT_ONCE, Duration, Flow, Move, MoveKind, Step, StepKind
from ivrlint.source import Source

T = TypeVar("T")

_TEXT = Source("calls.ivr", "line\n" * 100)


def flow(steps: str, *moves: Move) -> Flow:
    """A flow of ``steps`` ("line:entry main:menu sales:human") and ``moves``, one to a line of the source."""
    named = [word.split(":") for word in steps.split()]
    placed = [
        Step(name, name, StepKind(kind), _TEXT.span(5 * line, 5 * line + 4), name)
        for line, (name, kind) in enumerate(named)
    ]
    first = 5 * len(placed)
    spans = [_TEXT.span(first + 5 * rank, first + 5 * rank + 4) for rank in range(len(moves))]
    written = (move._replace(span=span) for move, span in zip(moves, spans, strict=True))
    return Flow(tuple(placed), tuple(written), (), (_TEXT,))


def move(source: str, target: str, kind: MoveKind, **how: Any) -> Move:
    """A move that :func:`flow` still has to place in the source."""
    return Move(source, target, kind, _TEXT.span(0, 0), **how)


def follow(source: str, target: str, ms: int = 0) -> Move:
    """It just goes on, after ``ms`` milliseconds."""
    return move(source, target, MoveKind.NEXT, heard=Duration(ms))


def press(source: str, keys: str, target: str, ms: int = 0) -> Move:
    """The caller presses ``keys``."""
    return move(source, target, MoveKind.KEY, keys=keys, keypresses=len(keys), heard=Duration(ms))


def enter(source: str, digits: int, target: str) -> Move:
    """The caller types a number of ``digits`` digits."""
    return move(source, target, MoveKind.DIGITS, keypresses=digits)


def dial_each(source: str, **targets: str) -> list[Move]:
    """The caller dials the extension of each of ``targets``."""
    return [
        move(source, target, MoveKind.DIAL, keys=keys, keypresses=len(keys))
        for target, keys in targets.items()
    ]


def say(source: str, words: str, target: str) -> Move:
    """The caller says ``words``."""
    return move(source, target, MoveKind.SPEECH, label=words)


def overflow(source: str, target: str) -> Move:
    """The queue is full, or the wait too long."""
    return move(source, target, MoveKind.OVERFLOW, label="full")


def wait(source: str, target: str, ms: int = 5000) -> Move:
    """The caller does nothing for ``ms`` milliseconds."""
    return move(source, target, MoveKind.SILENCE, heard=Duration(ms))


def wrong(source: str, attempts: int, target: str) -> Move:
    """The caller presses a key that is not offered, ``attempts`` times."""
    return move(source, target, MoveKind.WRONG, attempts=attempts, keypresses=attempts)


def when(source: str, condition: str, outcome: str, target: str, usual: bool = True) -> Move:
    """The system decides on ``outcome``."""
    return move(source, target, MoveKind.WHEN, condition=condition, label=outcome, usual=usual)


# --- random flows

CONDITIONS = ("office", "vip")
OUTCOMES = ("open", "closed", "maybe")

_KEYS: list[dict[str, Any]] = [
    {"kind": MoveKind.KEY, "keys": "1", "keypresses": 1},
    {"kind": MoveKind.KEY, "keys": "2", "keypresses": 1},
    {"kind": MoveKind.KEY, "keys": "*", "keypresses": 1},
    {"kind": MoveKind.KEY, "keys": "12", "keypresses": 2},
    {"kind": MoveKind.KEY, "keys": "#404", "keypresses": 4},
]
_DIGITS: list[dict[str, Any]] = [{"kind": MoveKind.DIGITS, "keypresses": n} for n in (1, 2, 4, 10, 0)]
_DIAL: list[dict[str, Any]] = [{"kind": MoveKind.DIAL, "keypresses": n} for n in (2, 4)]
_SPEECH: list[dict[str, Any]] = [{"kind": MoveKind.SPEECH, "label": "people"}]
_SILENCE: list[dict[str, Any]] = [{"kind": MoveKind.SILENCE, "attempts": n} for n in (1, 3)]
_WRONG: list[dict[str, Any]] = [
    {"kind": MoveKind.WRONG, "attempts": attempts, "keypresses": keys}
    for attempts, keys in ((1, 1), (2, 2), (3, 3), (2, 0))
]
_WHEN: list[dict[str, Any]] = [
    {"kind": MoveKind.WHEN, "condition": condition, "label": outcome, "usual": usual}
    for condition in CONDITIONS
    for outcome in OUTCOMES
    for usual in ((False, True) if outcome == "closed" else (True,))
]
_NEXT: list[dict[str, Any]] = [{"kind": MoveKind.NEXT}]
_ERROR: list[dict[str, Any]] = [{"kind": MoveKind.ERROR}]
_OVERFLOW: list[dict[str, Any]] = [{"kind": MoveKind.OVERFLOW}]

_LEAVING: dict[StepKind, list[dict[str, Any]]] = {
    StepKind.ENTRY: [*_NEXT * 9, *_ERROR],
    StepKind.SAY: [*_NEXT * 9, *_ERROR],
    StepKind.MENU: [*_KEYS, *_KEYS, *_SPEECH, *_SPEECH, *_SILENCE, *_WRONG, *_DIAL, *_ERROR],
    StepKind.ASK: [*_DIGITS, *_DIGITS, *_SPEECH, *_SILENCE, *_WRONG, *_ERROR],
    StepKind.CHECK: [*_WHEN, *_WHEN, *_ERROR],
    StepKind.HUMAN: [*_OVERFLOW, *_KEYS[:1], *_NEXT, *_SILENCE, *_ERROR],
    StepKind.VOICEMAIL: [*_KEYS[:3], *_NEXT],
    StepKind.CALLBACK: _NEXT,
    StepKind.UNKNOWN: [*_WHEN, *_NEXT * 4, *_ERROR * 4],
}
"""How each kind of step can be left; an ``end`` cannot."""

_WEIGHT = {StepKind.MENU: 9, StepKind.ASK: 5, StepKind.CHECK: 5, StepKind.END: 0}
"""How much more often a kind of step is left than others."""

_KINDS = [StepKind.MENU, StepKind.SAY, StepKind.ASK, StepKind.CHECK, StepKind.HUMAN, StepKind.ENTRY]
_OFTEN = (*_KINDS, *_KINDS, StepKind.MENU, StepKind.CHECK, StepKind.UNKNOWN, StepKind.VOICEMAIL)
_ANY_KIND = st.sampled_from([*_OFTEN, StepKind.CALLBACK, StepKind.END])
_HEARD = st.sampled_from(
    [*[AT_ONCE] * 6, Duration(2000), Duration(0, 5), Duration(0, 3), Duration(700, 7), Duration(0, 1, False)]
)


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    """Flows of up to 8 steps and about 16 moves: loops, parallel moves, dead ends and ties are common."""
    kinds = draw(_exactly(_ANY_KIND, draw(st.integers(1, 5))))
    for kind in (StepKind.MENU, StepKind.HUMAN, StepKind.ENTRY):
        kinds.insert(draw(st.integers(0, len(kinds))), kind)
    often = [i for i, kind in enumerate(kinds) for _ in range(_WEIGHT.get(kind, 1))]
    more = draw(_exactly(st.sampled_from(often), draw(st.integers(0, 12))))
    moves: list[Move] = []
    for source in [*dict.fromkeys(often), *more]:
        moves.insert(draw(st.integers(0, len(moves))), _random_move(draw, kinds, source))
    return flow(" ".join(f"s{i}:{kind}" for i, kind in enumerate(kinds)), *_decided_by_one(moves))


def _random_move(draw: st.DrawFn, kinds: list[StepKind], source: int) -> Move:
    direct = kinds[source] is StepKind.ENTRY  # most numbers lead to something that talks
    targets = [i for i, kind in enumerate(kinds) if not direct or kind in (StepKind.MENU, StepKind.SAY)]
    how = draw(st.sampled_from(_LEAVING[kinds[source]]))
    return move(f"s{source}", f"s{draw(st.sampled_from(targets))}", **how, heard=draw(_HEARD))


def _exactly(elements: st.SearchStrategy[T], size: int) -> st.SearchStrategy[list[T]]:
    """Lists of one size: the size of an open list is mostly small."""
    return st.lists(elements, min_size=size, max_size=size)


def _decided_by_one(moves: list[Move]) -> list[Move]:
    """Without what would give a step moves of the system and of others: the first one says who decides."""
    decides: dict[str, bool] = {}
    kept = []
    for one in moves:
        system = one.kind is MoveKind.WHEN
        if one.kind is MoveKind.ERROR or decides.setdefault(one.source, system) == system:
            kept.append(one)
    return kept
